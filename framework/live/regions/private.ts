import { inspect } from "node:util";
import { privateShown } from "../errors.ts";

/** Never there when the program runs: it makes a private value fit nowhere else. */
declare const namedAudience: unique symbol;
interface Mark<Audience extends string> {
  readonly [namedAudience]: Audience;
}
type Marked<Audience extends string> = symbol & Mark<Audience>;

/**
 * A value that only some audiences may see, such as the type of a column: `note: Private<string, "staff">`. Conditions, inserts and updates
 * take the plain value. A live region that others see as well doesn't compile with it, unless `load` seals it; see `seal`.
 */
export type Private<T, Audience extends string> = T | Marked<Audience>;

/** The audiences that a value may be sealed for. */
type NamedBy<Value> = [Extract<Value, Mark<string>>] extends [Mark<infer Audience>] ? Audience : string;

/** A value for one audience of a live region. `render` opens it with `reveal`; to show it in any other way throws `LIVE_PRIVATE_SHOWN`. */
export interface Sealed<T, Audience extends string> {
  readonly audience: Audience;
  /** @internal */
  open(audience: string): T | null;
}

/**
 * Seals a value in `load` for one of the region's audiences, so that nobody else can see it: `note: seal(ticket.note, "staff")`. In
 * `render`, `reveal(ticket.note)` is the value for that audience, and null for the others.
 */
export function seal<Value, const Audience extends NamedBy<Value>>(
  value: Value,
  audience: Audience,
): Sealed<Exclude<Value, Mark<string>>, Audience> {
  // What is excluded is a mark for the compiler alone.
  return new SealedValue(value as Exclude<Value, Mark<string>>, audience);
}

class SealedValue<T, Audience extends string> implements Sealed<T, Audience> {
  readonly #value: T;
  readonly audience: Audience;

  constructor(value: T, audience: Audience) {
    this.#value = value;
    this.audience = audience;
  }

  open(audience: string): T | null {
    return audience === this.audience ? this.#value : null;
  }

  toString(): never {
    throw privateShown({ audience: this.audience });
  }

  toJSON(): never {
    return this.toString();
  }

  [Symbol.toPrimitive](): never {
    return this.toString();
  }

  [inspect.custom](): string {
    return `[sealed for ${this.audience}]`;
  }
}

type Plain = string | number | bigint | boolean | symbol | null | undefined | Date | Uint8Array;

/** Data without what one of these audiences may not see. */
type Visible<Data, Audience extends string> =
  Data extends Mark<infer Named>
    ? [Audience] extends [never]
      ? never
      : [Audience] extends [Named]
        ? Data
        : never
    : Data extends Sealed<unknown, infer Named>
      ? Sealed<unknown, Named & Audience>
      : Data extends Plain | ((...given: never) => unknown)
        ? Data
        : Data extends ReadonlyMap<infer Key, infer Value>
          ? ReadonlyMap<Visible<Key, Audience>, Visible<Value, Audience>>
          : Data extends ReadonlySet<infer Value>
            ? ReadonlySet<Visible<Value, Audience>>
            : { [Name in keyof Data]: Visible<Data[Name], Audience> };

/** What the compiler misses in a region whose `load` returns something private that isn't sealed for one of its audiences. */
export type NothingPrivate<Data, Audience extends string> = unknown extends Data
  ? unknown
  : [Data] extends [Visible<Data, Audience>]
    ? unknown
    : { readonly load: "Something that load returns is Private: leave it out, or seal it for one of the audiences." };

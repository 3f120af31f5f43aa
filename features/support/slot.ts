/** A value that one step sets and later steps of the same scenario read. */
export class Slot<T> {
  readonly #what: string;
  #held: { readonly value: T } | undefined;

  /** `what` names the value in the error of a step that reads it too early. */
  constructor(what: string) {
    this.#what = what;
  }

  get value(): T {
    if (!this.#held) throw new RangeError(`No earlier step of this scenario has set ${this.#what}.`);
    return this.#held.value;
  }

  set value(value: T) {
    this.#held = { value };
  }

  get isSet(): boolean {
    return this.#held !== undefined;
  }
}

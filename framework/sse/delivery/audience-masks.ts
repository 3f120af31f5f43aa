import type { EventLog, LogEntry } from "./event-log.ts";
import type { Subscriber } from "./subscriber.ts";
import type { SubscriberRegistry } from "./subscriber-registry.ts";

/** Bits in a small integer, less the sign and one for the engine's tag. */
const maxAudiences = 30;

/** One round of a flush: consecutive entries with few enough audiences to number them by the bits of an integer. */
export interface AudienceRound {
  /** The position after the last entry of the round. */
  readonly end: number;
  /** The bit of each entry, in order. */
  readonly bits: readonly number[];
  /** The bits that everybody has. */
  readonly common: number;
  /** Who has further bits, in `subscriber.audiences`; to be cleared by the caller. */
  readonly touched: readonly Subscriber[];
  /** Bits that single subscribers do not have. */
  readonly excepted: ReadonlyMap<Subscriber, number>;
}

/**
 * Sorts the entries from a position on into audiences and marks every subscriber with those it belongs to. Subscribers with the
 * same marks get the same bytes, so that their payload is made once.
 */
export function markAudiences(log: EventLog, registry: SubscriberRegistry, from: number): AudienceRound {
  const bitOf = new Map<string, number>();
  const bits: number[] = [];
  const touched: Subscriber[] = [];
  const excepted = new Map<Subscriber, number>();
  let common = 0;
  let end = from;
  for (; end < log.head; end += 1) {
    const entry = log.at(end);
    const key = audienceKey(entry);
    let bit = bitOf.get(key);
    if (bit === undefined) {
      if (bitOf.size === maxAudiences) break;
      bit = 1 << bitOf.size;
      bitOf.set(key, bit);
      if (entry.topics === null) common |= bit;
      else markListeners(entry.topics, bit, { registry, touched });
      const left = entry.except === null ? undefined : registry.get(entry.except);
      if (left) excepted.set(left, (excepted.get(left) ?? 0) | bit);
    }
    bits.push(bit);
  }
  return { end, bits, common, touched, excepted };
}

function markListeners(
  topics: readonly string[],
  bit: number,
  into: { readonly registry: SubscriberRegistry; readonly touched: Subscriber[] },
): void {
  for (const topic of topics) {
    for (const subscriber of into.registry.listeners(topic)) {
      if (subscriber.audiences === 0) into.touched.push(subscriber);
      subscriber.audiences |= bit;
    }
  }
}

/** Topics hold no control characters, so that these cannot be mistaken for a part of one. */
function audienceKey(entry: LogEntry): string {
  return `${entry.topics === null ? "" : `\u0001${entry.topics.join("\u0001")}`}\u0002${entry.except ?? ""}`;
}

import type { Clock } from "../../base/index.ts";
import { joinPayload, type Payload } from "../event/wire-format.ts";
import type { EventLog, LogEntry } from "./event-log.ts";
import type { BrokerCounters } from "./stats.ts";
import { live, type Subscriber, type SubscriberRegistry } from "./subscribers.ts";
import { blockOf } from "./wire-pages.ts";

export interface DeliveryParts {
  readonly log: EventLog;
  readonly registry: SubscriberRegistry;
  readonly counters: BrokerCounters;
  readonly clock: Clock;
}

/** Bits in a small integer, less the sign and one for the engine's tag. */
const maxAudiences = 30;

/** One round of a flush: consecutive entries with few enough audiences to give each a bit of an integer. */
interface AudienceRound {
  /** The position after the last entry of the round. */
  readonly end: number;
  /** The bit of each entry, in order. */
  readonly bits: readonly number[];
  /** The bits that every subscriber has. */
  readonly common: number;
  /** Subscribers with more bits, which are in `subscriber.audiences`. The caller clears them. */
  readonly touched: readonly Subscriber[];
  /** Bits that single subscribers do not have. */
  readonly excepted: ReadonlyMap<Subscriber, number>;
}

/** Sends new log entries to the subscribers that are up to date; those that fall behind are left to `CatchUp`. */
export class Delivery {
  /** Subscribers that have not read everything flushed so far. The others cost nothing here. */
  readonly lagging = new Set<Subscriber>();
  readonly #parts: DeliveryParts;
  #flushed = 0;
  #flushedBytes = 0;
  #cursor = "0-0";

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.restart();
  }

  /** The id up to which everything is flushed, which is what an up-to-date reader has received. */
  get cursor(): string {
    return this.#cursor;
  }

  /** The position up to which everything is flushed. */
  get flushed(): number {
    return this.#flushed;
  }

  /** Entries that are appended but not flushed yet. */
  get pending(): number {
    return this.#parts.log.head - this.#flushed;
  }

  /** `pending` as a share of the log's capacity, in entries or bytes: at 1, unflushed entries would be evicted. */
  get pendingShare(): number {
    const { log } = this.#parts;
    return Math.max(this.pending / log.capacity, (log.written - this.#flushedBytes) / log.maxBytes);
  }

  /** Marks everything in the log as flushed. */
  restart(): void {
    const { log } = this.#parts;
    if (this.pending > 0) log.endRun();
    this.#flushed = log.head;
    this.#flushedBytes = log.written;
    this.#cursor = log.cursor;
  }

  /** Sends all new entries: one write per up-to-date subscriber, or a few when one flush has many audiences. */
  flush(): void {
    const { log, registry, counters } = this.#parts;
    let from = Math.max(this.#flushed, log.tail);
    this.restart();
    if (from === log.head || registry.size === 0) return;
    counters.flushes += 1;
    counters.flushedEvents += log.head - from;
    const isForAll = log.isForAll(from);
    while (from < log.head) from = isForAll ? this.#sendToAll(from) : this.#sendByAudience(from);
  }

  /** Writes to one subscriber, and records its position if its client is slow. False if it has to wait. */
  write(subscriber: Subscriber, payload: Payload, position: number = this.#flushed): boolean {
    const status = subscriber.connection.write(payload);
    if (status === "closed") return false;
    this.#parts.counters.bytes += payload.bytes;
    if (status === "sent") return true;
    this.#hold(subscriber, position);
    return false;
  }

  forget(subscriber: Subscriber): void {
    this.lagging.delete(subscriber);
  }

  /** How many entries a subscriber is behind. */
  lagOf(subscriber: Subscriber): number {
    return subscriber.cursor === live ? 0 : this.#parts.log.head - subscriber.cursor;
  }

  /** The loop that decides what a delivery costs: everything shared by all subscribers is done outside it. */
  #sendToAll(from: number): number {
    const { log, registry, counters } = this.#parts;
    const { payload, after } = log.runFrom(from);
    let taken = 0;
    const { inOrder } = registry;
    for (let position = 0; position < inOrder.length; ) {
      const subscriber = inOrder[position];
      if (subscriber === undefined) break;
      if (subscriber.cursor === live) {
        const status = subscriber.connection.write(payload);
        if (status !== "closed") taken += 1;
        if (status === "queued") this.#hold(subscriber, after);
      }
      // A subscriber that leaves during the loop is replaced by the newest one.
      if (inOrder[position] === subscriber) position += 1;
    }
    counters.deliveries += taken * (after - from);
    counters.bytes += taken * payload.bytes;
    return after;
  }

  /** Subscribers with the same audiences get the same bytes, so each combination is joined only once. */
  #sendByAudience(from: number): number {
    const { log, registry } = this.#parts;
    const round = markAudiences(log, registry, from);
    const payloads = new Map<number, { payload: Payload; events: number }>();
    const readers = round.common === 0 ? round.touched : registry.everybody();
    for (const subscriber of readers) {
      const mask = (round.common | subscriber.audiences) & ~(round.excepted.get(subscriber) ?? 0);
      if (subscriber.cursor !== live || mask === 0) continue;
      let made = payloads.get(mask);
      if (made === undefined) {
        made = this.#joinMasked(from, round.bits, mask);
        payloads.set(mask, made);
      }
      this.#parts.counters.deliveries += made.events;
      this.write(subscriber, made.payload, round.end);
    }
    for (const subscriber of round.touched) subscriber.audiences = 0;
    return round.end;
  }

  #joinMasked(from: number, bits: readonly number[], mask: number): { payload: Payload; events: number } {
    const blocks: Buffer[] = [];
    bits.forEach((bit, offset) => {
      if (mask & bit) blocks.push(blockOf(this.#parts.log.at(from + offset)));
    });
    return { payload: joinPayload(blocks), events: blocks.length };
  }

  /** Records how far a subscriber got whose client is slow. */
  #hold(subscriber: Subscriber, position: number): void {
    if (subscriber.cursor === live) subscriber.cursor = position;
    subscriber.laggingSince = this.#parts.clock.now();
    this.lagging.add(subscriber);
  }
}

/** Groups the entries from a position on by audience, and marks each subscriber with the audiences it belongs to. */
function markAudiences(log: EventLog, registry: SubscriberRegistry, from: number): AudienceRound {
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
      const left = entry.except === null ? undefined : registry.sender(entry.except);
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

/** Topics hold no control characters, so these separators cannot be part of one. */
function audienceKey(entry: LogEntry): string {
  return `${entry.topics === null ? "" : `\u0001${entry.topics.join("\u0001")}`}\u0002${entry.except ?? ""}`;
}

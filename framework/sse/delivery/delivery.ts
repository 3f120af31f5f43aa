import type { Clock } from "../../base/index.ts";
import { serialiseEvent } from "../event/event.ts";
import { type Payload, payloadOf, runPayload, textPayload } from "../event/payload.ts";
import { markAudiences } from "./audience-masks.ts";
import { CatchUpPieces } from "./catch-up-pieces.ts";
import type { BrokerCounters } from "./counters.ts";
import { blockOf, type EventLog } from "./event-log.ts";
import { live, type Subscriber } from "./subscriber.ts";
import type { SubscriberRegistry } from "./subscriber-registry.ts";

export interface DeliveryParts {
  readonly log: EventLog;
  readonly registry: SubscriberRegistry;
  readonly counters: BrokerCounters;
  readonly clock: Clock;
}

/** Moves what the log holds to those who should see it: shared bytes to all who are up to date, pieces to those who catch up. */
export class Delivery {
  /** Those who have not read all that was flushed; the others cost nothing here. */
  readonly lagging = new Set<Subscriber>();
  readonly #parts: DeliveryParts;
  readonly #pieces: CatchUpPieces;
  #flushed = 0;
  #flushedBytes = 0;
  #cursor = "0-0";

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#pieces = new CatchUpPieces(parts.log);
    this.restart();
  }

  /** The id up to which everything is flushed: what a reader that is up to date has received. */
  get cursor(): string {
    return this.#cursor;
  }

  /** Takes the log as it is for flushed. */
  restart(): void {
    const { log } = this.#parts;
    if (this.pending > 0) log.endRun();
    this.#flushed = log.head;
    this.#flushedBytes = log.written;
    this.#cursor = log.cursor;
  }

  /** Entries appended and not flushed yet. */
  get pending(): number {
    return this.#parts.log.head - this.#flushed;
  }

  /** The same as a share of what fits into the log, by count or by bytes: at 1 unflushed entries would be pushed out. */
  get pendingShare(): number {
    const { log } = this.#parts;
    return Math.max(this.pending / log.capacity, (log.written - this.#flushedBytes) / log.maxBytes);
  }

  /** Sends all that is new; one write for each subscriber that is up to date (more only for many audiences in one flush). */
  flush(): void {
    const { log, registry, counters } = this.#parts;
    let from = Math.max(this.#flushed, log.tail);
    this.restart();
    if (from === log.head || registry.size === 0) return;
    counters.flushes += 1;
    counters.flushedEvents += log.head - from;
    const isForAll = log.isForAll(from);
    while (from < log.head) from = isForAll ? this.#sendRun(from) : this.#sendRound(from);
  }

  /** Replays from a position on; the subscriber becomes live when it has caught up. */
  replay(subscriber: Subscriber, from: number): void {
    subscriber.cursor = from;
    subscriber.replayEnd = this.#flushed;
    this.pump(subscriber);
  }

  /** Sends pieces to a subscriber until it has caught up or its client is slow again. */
  pump(subscriber: Subscriber): void {
    const { log } = this.#parts;
    while (subscriber.cursor !== live) {
      if (subscriber.cursor >= this.#flushed) this.#setLive(subscriber);
      else if (subscriber.cursor < log.tail ? !this.resync(subscriber) : !this.#sendPiece(subscriber)) return;
    }
  }

  /** Tells a subscriber that it missed something; it goes on from now. False when it has to wait. */
  resync(subscriber: Subscriber): boolean {
    this.#parts.counters.resets += 1;
    if (subscriber.cursor !== live) subscriber.cursor = this.#flushed;
    const text = serialiseEvent({ id: this.#cursor, event: "bk:resync", data: "missed" });
    return this.write(subscriber, textPayload(text), this.#flushed);
  }

  /** Writes and notes where the subscriber stands if its client is slow. False when it has to wait. */
  write(subscriber: Subscriber, payload: Payload, position: number): boolean {
    const status = subscriber.connection.write(payload);
    if (status === "closed") return false;
    this.#parts.counters.bytes += payload.bytes;
    if (status === "sent") return true;
    this.#hold(subscriber, position);
    return false;
  }

  /** Writes something of the subscriber's own, after all that was flushed. */
  writeNow(subscriber: Subscriber, payload: Payload): void {
    this.write(subscriber, payload, this.#flushed);
  }

  forget(subscriber: Subscriber): void {
    this.lagging.delete(subscriber);
  }

  /** Entries between the slowest position and the newest one. */
  lagOf(subscriber: Subscriber): number {
    return subscriber.cursor === live ? 0 : this.#parts.log.head - subscriber.cursor;
  }

  /** The loop that decides what a delivery costs: whatever is the same for all stands outside of it. */
  #sendRun(from: number): number {
    const { log, registry, counters } = this.#parts;
    const run = log.runFrom(from);
    const payload = runPayload(run);
    let taken = 0;
    const { inOrder } = registry;
    for (let position = 0; position < inOrder.length; ) {
      const subscriber = inOrder[position];
      if (subscriber === undefined) break;
      if (subscriber.cursor === live) {
        const status = subscriber.connection.write(payload);
        if (status !== "closed") taken += 1;
        if (status === "queued") this.#hold(subscriber, run.after);
      }
      // Whoever leaves meanwhile is replaced by the newest one.
      if (inOrder[position] === subscriber) position += 1;
    }
    counters.deliveries += taken * (run.after - from);
    counters.bytes += taken * payload.bytes;
    return run.after;
  }

  #sendRound(from: number): number {
    const { log, registry } = this.#parts;
    const round = markAudiences(log, registry, from);
    const payloads = new Map<number, { payload: Payload; events: number } | null>();
    const readers = round.common === 0 ? round.touched : registry.everybody();
    for (const subscriber of readers) {
      const mask = (round.common | subscriber.audiences) & ~(round.excepted.get(subscriber) ?? 0);
      subscriber.audiences = 0;
      if (subscriber.cursor !== live || mask === 0) continue;
      let made = payloads.get(mask);
      if (made === undefined) {
        made = this.#joinMasked(from, round.bits, mask);
        payloads.set(mask, made);
      }
      if (made === null) continue;
      this.#parts.counters.deliveries += made.events;
      this.write(subscriber, made.payload, round.end);
    }
    for (const subscriber of round.touched) subscriber.audiences = 0;
    return round.end;
  }

  #joinMasked(from: number, bits: readonly number[], mask: number): { payload: Payload; events: number } | null {
    const blocks: Buffer[] = [];
    bits.forEach((bit, offset) => {
      if (mask & bit) blocks.push(blockOf(this.#parts.log.at(from + offset)));
    });
    return blocks.length === 0 ? null : { payload: payloadOf(blocks), events: blocks.length };
  }

  /** Notes where a subscriber stands whose client is slow. */
  #hold(subscriber: Subscriber, position: number): void {
    if (subscriber.cursor === live) subscriber.cursor = position;
    subscriber.laggingSince = this.#parts.clock.now();
    this.lagging.add(subscriber);
  }

  #sendPiece(subscriber: Subscriber): boolean {
    const { end, events, payload } = this.#pieces.next(subscriber, this.#flushed);
    subscriber.cursor = end;
    this.#parts.counters.deliveries += events;
    return payload === null || this.write(subscriber, payload, end);
  }

  #setLive(subscriber: Subscriber): void {
    subscriber.cursor = live;
    this.lagging.delete(subscriber);
  }
}

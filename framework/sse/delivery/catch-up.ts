import { formatResync } from "../event/protocol-events.ts";
import { joinPayload, type Payload, textPayload } from "../event/wire-format.ts";
import type { Delivery } from "./delivery.ts";
import type { EventLog } from "./event-log.ts";
import type { BrokerCounters } from "./stats.ts";
import { live, type Subscriber } from "./subscribers.ts";
import { blockOf } from "./wire-pages.ts";

export interface CatchUpParts {
  readonly log: EventLog;
  readonly delivery: Delivery;
  readonly counters: BrokerCounters;
}

/** The target size of one write to a reader that is catching up. */
const pieceBytes = 64 * 1024;

/** Pieces end at multiples of this position at the latest, so readers that stopped at different places soon share them. */
const alignment = 256;

const maxSharedPieces = 16;

/** Brings subscribers that are behind up to date: those that reconnect with a cursor, and those whose client was slow. */
export class CatchUp {
  readonly #parts: CatchUpParts;
  readonly #pieces: LogPieces;

  constructor(parts: CatchUpParts) {
    this.#parts = parts;
    this.#pieces = new LogPieces(parts.log);
  }

  /** Replays the log from a position on. The subscriber becomes live once it has caught up. */
  replay(subscriber: Subscriber, from: number): void {
    subscriber.cursor = from;
    subscriber.replayEnd = this.#parts.delivery.flushed;
    this.pump(subscriber);
  }

  /** Sends pieces until the subscriber has caught up or its client is slow again. */
  pump(subscriber: Subscriber): void {
    const { log, delivery } = this.#parts;
    while (subscriber.cursor !== live) {
      if (subscriber.cursor >= delivery.flushed) {
        subscriber.cursor = live;
        delivery.forget(subscriber);
      } else if (subscriber.cursor < log.tail ? !this.resync(subscriber) : !this.#sendPiece(subscriber)) return;
    }
  }

  /** Tells a subscriber that it missed something; it continues from now on. False if it has to wait. */
  resync(subscriber: Subscriber): boolean {
    const { counters, delivery } = this.#parts;
    counters.resets += 1;
    if (subscriber.cursor !== live) subscriber.cursor = delivery.flushed;
    return delivery.write(subscriber, textPayload(formatResync(delivery.cursor)));
  }

  /** Takes replaced entries out of the log. Everything in it must be flushed before. */
  compact(): void {
    const { log, delivery } = this.#parts;
    const moved = log.compact();
    delivery.restart();
    this.#pieces.clear();
    for (const subscriber of delivery.lagging) {
      subscriber.cursor = moved(subscriber.cursor);
      subscriber.replayEnd = moved(subscriber.replayEnd);
    }
  }

  #sendPiece(subscriber: Subscriber): boolean {
    const { counters, delivery } = this.#parts;
    const { end, events, payload } = this.#pieces.next(subscriber, delivery.flushed);
    subscriber.cursor = end;
    counters.deliveries += events;
    return payload === null || delivery.write(subscriber, payload, end);
  }
}

/** What one write to a reader that is catching up contains. */
export interface LogPiece {
  /** The position after its last entry. */
  readonly end: number;
  readonly events: number;
  /** Null when none of the entries is for the reader. */
  readonly payload: Payload | null;
}

/** Cuts the log into pieces. A piece that is for everyone is built once and shared by all readers at the same position. */
export class LogPieces {
  readonly #log: EventLog;
  readonly #shared = new Map<number, LogPiece>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** The next piece for a reader, ending at `until` at the latest. */
  next(subscriber: Subscriber, until: number): LogPiece {
    const from = subscriber.cursor;
    if (from < subscriber.replayEnd || !this.#log.isForAll(from)) return this.#cut(from, until, subscriber);
    const known = this.#shared.get(from);
    if (known !== undefined) return known;
    const piece = this.#cut(from, until, null);
    if (piece.end < until) this.#share(from, piece);
    return piece;
  }

  clear(): void {
    this.#shared.clear();
  }

  #share(from: number, piece: LogPiece): void {
    this.#shared.set(from, piece);
    const [oldest] = this.#shared.keys();
    if (this.#shared.size > maxSharedPieces && oldest !== undefined) this.#shared.delete(oldest);
  }

  #cut(from: number, until: number, reader: Subscriber | null): LogPiece {
    const blocks: Buffer[] = [];
    let bytes = 0;
    let events = 0;
    let position = from;
    do {
      const entry = this.#log.at(position);
      position += 1;
      if (entry.isReplaced) continue;
      if (reader !== null && !reader.hears(entry)) continue;
      if (reader !== null && position <= reader.replayEnd) blocks.push(replayMark(entry.at));
      blocks.push(blockOf(entry));
      bytes += entry.end - entry.start;
      events += 1;
    } while (position < until && bytes < pieceBytes && position % alignment !== 0);
    return { end: position, events, payload: events === 0 ? null : joinPayload(blocks) };
  }
}

/** A comment on each replayed event that says when it was broadcast. */
function replayMark(at: number): Buffer {
  return Buffer.from(`: replayed, broadcast at ${new Date(at).toISOString()}\n`);
}

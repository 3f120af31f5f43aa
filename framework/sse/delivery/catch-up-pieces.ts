import { type Payload, payloadOf } from "../event/payload.ts";
import { blockOf, type EventLog } from "./event-log.ts";
import type { Subscriber } from "./subscriber.ts";

/** How much a reader that catches up gets in one write, or little more. */
const pieceBytes = 64 * 1024;

/** Pieces end at multiples of this position at the latest, so that readers who stopped at different places soon share them. */
const alignment = 256;

const keptPieces = 16;

/** What one write of a reader that catches up holds. */
export interface Piece {
  /** The position after its last entry. */
  readonly end: number;
  readonly events: number;
  /** Null when none of the entries is meant for the reader. */
  readonly payload: Payload | null;
}

/** Cuts the log into pieces for those who are behind. What everybody may see is made once and shared by all who are as far. */
export class CatchUpPieces {
  readonly #log: EventLog;
  readonly #shared = new Map<number, Piece>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** The next piece for a reader, up to a position at most. */
  next(subscriber: Subscriber, until: number): Piece {
    const from = subscriber.cursor;
    if (from < subscriber.replayEnd || !this.#log.isForAll(from)) return this.#cut(from, until, subscriber);
    const known = this.#shared.get(from);
    if (known !== undefined) return known;
    const piece = this.#cut(from, until, null);
    if (piece.end < until) this.#keep(from, piece);
    return piece;
  }

  #keep(from: number, piece: Piece): void {
    this.#shared.set(from, piece);
    const [oldest] = this.#shared.keys();
    if (this.#shared.size > keptPieces && oldest !== undefined) this.#shared.delete(oldest);
  }

  #cut(from: number, until: number, reader: Subscriber | null): Piece {
    const blocks: Buffer[] = [];
    let bytes = 0;
    let events = 0;
    let position = from;
    do {
      const entry = this.#log.at(position);
      position += 1;
      if (reader !== null && !reader.hears(entry)) continue;
      if (reader !== null && position <= reader.replayEnd) blocks.push(replayMark(entry.at));
      blocks.push(blockOf(entry));
      bytes += entry.end - entry.start;
      events += 1;
    } while (position < until && bytes < pieceBytes && position % alignment !== 0);
    return { end: position, events, payload: events === 0 ? null : payloadOf(blocks) };
  }
}

/** A replayed event says in a comment when it was broadcast. */
function replayMark(at: number): Buffer {
  return Buffer.from(`: replayed, broadcast at ${new Date(at).toISOString()}\n`);
}

import type { BroadcastMessage } from "../backplane/backplane.ts";
import { compareEventIds, type EventId, formatEventId } from "../event/event-id.ts";
import { WirePages, type WireRange } from "../event/wire-pages.ts";

/** One broadcast, as every node keeps it; where it lies it is encoded as it goes over the wire. */
export interface LogEntry extends WireRange {
  readonly id: EventId;
  /** Who should see it; null for everybody. */
  readonly topics: readonly string[] | null;
  /** A connection id that should not see it. */
  readonly except: string | null;
  /** When it was broadcast, in milliseconds since the Unix epoch. */
  readonly at: number;
}

/** What of a broadcast the log takes. */
export type LoggedMessage = Pick<BroadcastMessage, "topics" | "except" | "text" | "at">;

export interface LogLimits {
  /** Rounded up to a power of two. */
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/**
 * The recent broadcasts, bounded by count, bytes and age. A position counts entries since the start of the process; `tail` is
 * the oldest that is kept, `head` the next to come. A reader is a position, so a slow one costs a number.
 */
export class EventLog {
  head = 0;
  tail = 0;
  bytes = 0;
  /** Bytes of all entries there ever were. */
  written = 0;
  readonly #limits: LogLimits;
  readonly #ring: (LogEntry | undefined)[];
  #floor: EventId = { epoch: 0, sequence: 0 };
  #last: EventId = this.#floor;
  #lastAddressed = -1;
  readonly #pages = new WirePages();

  constructor(limits: LogLimits) {
    this.#limits = limits;
    this.#ring = new Array<LogEntry | undefined>(2 ** Math.ceil(Math.log2(Math.max(2, limits.maxEntries))));
  }

  /** How many entries fit. */
  get capacity(): number {
    return this.#ring.length;
  }

  /** How many bytes fit; a single entry may be larger. */
  get maxBytes(): number {
    return this.#limits.maxBytes;
  }

  /** The id of the newest broadcast, or where the log starts. */
  get last(): EventId {
    return this.#last;
  }

  /** The same as text: what a page carries and a client sends back. */
  get cursor(): string {
    return formatEventId(this.#last);
  }

  /** Entries come with rising ids; the oldest give way. */
  append(id: EventId, { topics, except, text, at }: LoggedMessage): void {
    if (this.head - this.tail === this.#ring.length) this.#evict();
    const { page, start, end } = this.#pages.write(`id: ${formatEventId(id)}\n${text}`);
    this.#ring[this.head & (this.#ring.length - 1)] = { id, topics, except, at, page, start, end };
    if (topics !== null || except !== null) this.#lastAddressed = this.head;
    this.head += 1;
    this.bytes += end - start;
    this.written += end - start;
    this.#last = id;
    while (this.bytes > this.#limits.maxBytes && this.tail < this.head - 1) this.#evict();
  }

  /** What is appended from here on is not sent together with what came before. */
  endRun(): void {
    this.#pages.endRun();
  }

  /** The entries from a position on that lie one behind the other, up to the newest one. */
  runFrom(position: number): WireRange & { readonly after: number } {
    const { page, start, end: firstEnd } = this.at(position);
    let end = firstEnd;
    let after = position + 1;
    for (; after < this.head; after += 1) {
      const next = this.at(after);
      if (next.page !== page || next.start !== end) break;
      end = next.end;
    }
    return { page, start, end, after };
  }

  /** An id was used for something that is no broadcast. */
  advance(id: EventId): void {
    this.#last = id;
    if (this.tail === this.head) this.#floor = id;
  }

  /** Forgets everything: the order starts anew after this id. */
  reset(id: EventId): void {
    while (this.tail < this.head) this.#evict();
    this.#floor = id;
    this.#last = id;
  }

  /** Drops what is older than the bound allows at this time. */
  expire(now: number): void {
    const oldest = now - this.#limits.maxAgeMs;
    while (this.tail < this.head && this.at(this.tail).at < oldest) this.#evict();
  }

  /** The entry at a position from `tail` to `head - 1`. */
  at(position: number): LogEntry {
    const entry = this.#ring[position & (this.#ring.length - 1)];
    if (entry === undefined || position < this.tail || position >= this.head)
      throw new RangeError(`no entry at ${position}`);
    return entry;
  }

  /** The position of the first entry after this id, or null when entries after it may be missing here or it was never given out. */
  find(id: EventId): number | null {
    if (compareEventIds(id, this.#floor) < 0 || compareEventIds(id, this.#last) > 0) return null;
    let low = this.tail;
    let high = this.head;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareEventIds(this.at(middle).id, id) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether everything from this position on is for everybody. */
  isForAll(from: number): boolean {
    return this.#lastAddressed < from;
  }

  #evict(): void {
    const entry = this.at(this.tail);
    this.#ring[this.tail & (this.#ring.length - 1)] = undefined;
    this.tail += 1;
    this.bytes -= entry.end - entry.start;
    this.#floor = entry.id;
  }
}

/** The bytes of an entry, as a view. */
export function blockOf({ page, start, end }: WireRange): Buffer {
  return page.subarray(start, end);
}

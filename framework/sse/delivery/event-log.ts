import type { BroadcastMessage } from "../backplane/backplane.ts";
import { compareEventIds, type EventId, formatEventId, Payload } from "../event/wire-format.ts";

/** Where an encoded event is stored. */
export interface WireRange {
  readonly page: Buffer;
  readonly start: number;
  readonly end: number;
}

/** One broadcast as every node keeps it, already encoded in wire format. */
export interface LogEntry extends WireRange {
  readonly id: EventId;
  /** Who gets it; null for everyone. */
  readonly topics: readonly string[] | null;
  /** The id of the page or connection that doesn't get it. */
  readonly except: string | null;
  /** When it was broadcast, by this process's clock, in milliseconds since the Unix epoch. */
  readonly at: number;
}

/** The parts of a broadcast that the log keeps. */
export type LoggedMessage = Pick<BroadcastMessage, "topics" | "except" | "text"> & Pick<LogEntry, "at">;

export interface LogLimits {
  /** Rounded up to a power of two. */
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/**
 * The recent broadcasts, bounded by count, bytes and age. A position counts entries since the process started: `tail` is the oldest
 * entry kept, `head` the next one to come. A reader is just a position, so a slow one costs a number.
 */
export class EventLog {
  head = 0;
  tail = 0;
  bytes = 0;
  /** Bytes of all entries ever appended. */
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

  /** `last` as text: what a page carries and a client sends back. */
  get cursor(): string {
    return formatEventId(this.#last);
  }

  /** Appends an entry, evicting the oldest as needed. Ids must be increasing. */
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

  /** Ends the current run: entries appended from here on are sent separately from earlier ones. */
  endRun(): void {
    this.#pages.endRun();
  }

  /**
   * All entries from a position on that are adjacent in memory, as one payload framed in place: not a byte is copied. `after` is the
   * position that follows them.
   */
  runFrom(position: number): { readonly payload: Payload; readonly after: number } {
    const { page, start, end: firstEnd } = this.at(position);
    let end = firstEnd;
    let after = position + 1;
    for (; after < this.head; after += 1) {
      const next = this.at(after);
      if (next.page !== page || next.start !== end) break;
      end = next.end;
    }
    return { payload: frameInPlace(page, start, end), after };
  }

  /** Records an id that was used for something other than a broadcast. */
  advance(id: EventId): void {
    this.#last = id;
    if (this.tail === this.head) this.#floor = id;
  }

  /** Forgets all entries; the log starts over at this id. */
  reset(id: EventId): void {
    while (this.tail < this.head) this.#evict();
    this.#floor = id;
    this.#last = id;
  }

  /** Drops entries that are too old at the given time. */
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

  /** The position of the first entry after this id, or null if entries after it may be missing or the id was never assigned. */
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

  /** Whether every entry from this position on is for everyone. */
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

const pageBytes = 256 * 1024;
/** Room before a run for the chunk size: eight digits and a line end. */
const headRoom = 10;
/** Room after a run for the end of the chunk. */
const tailRoom = 2;
const [carriageReturn, lineFeed] = [13, 10];

/**
 * The log's memory. Each event is encoded once, right after the previous one, into large pages. The events between two flushes form
 * a run, with room around it for HTTP/1.1 framing, so that a flush is sent from where it is stored. A page is freed once neither
 * the log nor a socket refers to it.
 */
class WirePages {
  #page: Buffer = Buffer.alloc(0);
  #end = 0;

  /** Encodes a text as UTF-8 after the previous one. */
  write(text: string): WireRange {
    // A UTF-16 unit takes three bytes at most, so the exact size is only worth computing when that does not fit.
    if (this.#end + text.length * 3 + tailRoom > this.#page.length) this.#makeRoom(Buffer.byteLength(text));
    const start = this.#end;
    this.#end += this.#page.write(text, start);
    return { page: this.#page, start, end: this.#end };
  }

  endRun(): void {
    this.#end += tailRoom + headRoom;
  }

  #makeRoom(bytes: number): void {
    if (this.#end + bytes + tailRoom <= this.#page.length) return;
    // Not from Node's pool: a page outlives many events, and untouched memory costs nothing.
    this.#page = Buffer.allocUnsafeSlow(Math.max(pageBytes, headRoom + bytes + tailRoom));
    this.#end = headRoom;
  }
}

function frameInPlace(page: Buffer, start: number, end: number): Payload {
  const size = `${(end - start).toString(16)}\r\n`;
  const framedStart = start - size.length;
  page.write(size, framedStart, "latin1");
  page[end] = carriageReturn;
  page[end + 1] = lineFeed;
  return new Payload(page.subarray(framedStart, end + tailRoom), page.subarray(start, end));
}

import type { BroadcastMessage } from "../backplane/backplane.ts";
import { replacementOf } from "../backplane/replacement-of.ts";
import { compareEventIds, type EventId, formatEventId, type Payload, zeroEventId } from "../event/wire-format.ts";
import { blockOf, frameInPlace, WirePages, type WireRange } from "./wire-pages.ts";

/** One broadcast as every node keeps it, already encoded in wire format. */
export interface LogEntry extends WireRange {
  readonly id: EventId;
  /** Who gets it; null for everyone. */
  readonly topics: readonly string[] | null;
  /** The id of the page or connection that doesn't get it. */
  readonly except: string | null;
  /** When it was broadcast, by this process's clock, in milliseconds since the Unix epoch. */
  readonly at: number;
  /** What it shares with those that it replaces: its key and its topics; null if it replaces none. */
  readonly replaces: string | null;
  /** Whether a newer one says what it said, so that it need not be replayed. */
  isReplaced: boolean;
}

/** The parts of a broadcast that the log keeps. */
export type LoggedMessage = Pick<BroadcastMessage, "topics" | "except" | "text" | "key"> & Pick<LogEntry, "at">;

export interface LogLimits {
  /** Rounded up to a power of two. */
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/**
 * The recent broadcasts, bounded by count, bytes and age. A position counts entries since the process started: `tail` is the oldest
 * entry kept, `head` the next one to come. A reader is just a position, so a slow one costs a number. Entries that a newer one replaced
 * count for none of the bounds; `compact` takes them out.
 */
export class EventLog {
  head = 0;
  tail = 0;
  /** Bytes of the entries that are not replaced. */
  bytes = 0;
  /** Bytes of all entries ever appended. */
  written = 0;
  /** How many entries were ever replaced. */
  replacedEver = 0;
  /** How many entries fit, not counting replaced ones. */
  readonly capacity: number;
  readonly #limits: LogLimits;
  readonly #ring: (LogEntry | undefined)[];
  #floor: EventId = zeroEventId;
  #last: EventId = this.#floor;
  #lastAddressed = -1;
  #pages = new WirePages();
  /** The newest entry of each key. */
  readonly #newest = new Map<string, LogEntry>();
  #replaced = 0;
  #replacedBytes = 0;

  constructor(limits: LogLimits) {
    this.#limits = limits;
    this.capacity = 2 ** Math.ceil(Math.log2(Math.max(2, limits.maxEntries)));
    this.#ring = new Array<LogEntry | undefined>(2 * this.capacity);
  }

  /** How many entries there are that are not replaced. */
  get size(): number {
    return this.head - this.tail - this.#replaced;
  }

  /** Whether replaced entries take as much room as all others may, so that it is time to `compact`. */
  get isCrowded(): boolean {
    return this.head - this.tail === this.#ring.length || this.#replacedBytes > this.#limits.maxBytes;
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
  append(id: EventId, { topics, except, text, at, key }: LoggedMessage): void {
    while (this.size >= this.capacity || this.head - this.tail === this.#ring.length) this.#evict();
    const { page, start, end } = this.#pages.write(`id: ${formatEventId(id)}\n${text}`);
    const replaces = key === undefined ? null : replacementOf(key, topics);
    const entry = { id, topics, except, at, replaces, isReplaced: false, page, start, end };
    this.#put(this.head, entry);
    if (replaces !== null) this.#replace(replaces, entry);
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

  /** Records an id that was used for something other than a broadcast, so that nothing is missing without it. */
  advance(id: EventId): void {
    this.#last = id;
  }

  /** Forgets all entries; the log starts over at this id. */
  reset(id: EventId): void {
    while (this.tail < this.head) this.#evict();
    this.#floor = id;
    this.#last = id;
  }

  /**
   * Takes the replaced entries out, and gives the memory back that only they needed. Returns where a position moved to; `head` stays. Only
   * while nobody reads what is in between.
   */
  compact(): (position: number) => number {
    const { head, tail } = this;
    const kept: LogEntry[] = [];
    /** How many entries are kept before each position. */
    const before: number[] = [];
    for (let position = tail; position <= head; position += 1) {
      before.push(kept.length);
      const entry = position < head ? this.at(position) : undefined;
      if (entry?.isReplaced === false) kept.push(entry);
    }
    const moved = (position: number) =>
      position < tail ? position : head - kept.length + (before[position - tail] ?? kept.length);
    const entries = this.#repack(kept);
    this.#ring.fill(undefined);
    this.tail = head - entries.length;
    this.#lastAddressed = -1;
    entries.forEach((entry, index) => {
      const position = this.tail + index;
      this.#put(position, entry);
      if (entry.replaces !== null) this.#newest.set(entry.replaces, entry);
      if (entry.topics !== null || entry.except !== null) this.#lastAddressed = position;
    });
    this.#replaced = 0;
    this.#replacedBytes = 0;
    return moved;
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

  #put(position: number, entry: LogEntry): void {
    this.#ring[position & (this.#ring.length - 1)] = entry;
  }

  #replace(replaces: string, entry: LogEntry): void {
    const older = this.#newest.get(replaces);
    this.#newest.set(replaces, entry);
    if (older === undefined) return;
    older.isReplaced = true;
    this.#replaced += 1;
    this.#replacedBytes += sizeOf(older);
    this.bytes -= sizeOf(older);
    this.replacedEver += 1;
  }

  /** Moves the entries of pages that are mostly waste to new pages, one after the other. */
  #repack(entries: readonly LogEntry[]): LogEntry[] {
    const used = new Map<Buffer, number>();
    for (const entry of entries) used.set(entry.page, (used.get(entry.page) ?? 0) + sizeOf(entry));
    const pages = new WirePages();
    const repacked = entries.map((entry) => {
      const isWaste = (used.get(entry.page) ?? 0) * 2 < entry.page.length;
      return isWaste ? { ...entry, ...pages.copy(blockOf(entry)) } : entry;
    });
    // Or the frame of what comes next would be written over the last of these.
    pages.endRun();
    this.#pages = pages;
    return repacked;
  }

  /** Nothing is missing without a replaced entry, so it doesn't move the floor. */
  #evict(): void {
    const entry = this.at(this.tail);
    this.#ring[this.tail & (this.#ring.length - 1)] = undefined;
    this.tail += 1;
    if (entry.isReplaced) {
      this.#replaced -= 1;
      this.#replacedBytes -= sizeOf(entry);
      return;
    }
    if (entry.replaces !== null) this.#newest.delete(entry.replaces);
    this.bytes -= sizeOf(entry);
    this.#floor = entry.id;
  }
}

function sizeOf({ start, end }: WireRange): number {
  return end - start;
}

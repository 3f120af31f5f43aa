import { Payload } from "../event/wire-format.ts";

/** Where an encoded event is stored. */
export interface WireRange {
  readonly page: Buffer;
  readonly start: number;
  readonly end: number;
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
export class WirePages {
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

  /** Stores bytes that are encoded already, next to the previous ones. */
  copy(bytes: Buffer): WireRange {
    this.#makeRoom(bytes.length);
    const start = this.#end;
    this.#end += bytes.copy(this.#page, start);
    return { page: this.#page, start, end: this.#end };
  }

  /** What is written from here on is framed separately from what was written before. */
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

/** Frames a run as one chunk of HTTP/1.1, in the room around it. */
export function frameInPlace(page: Buffer, start: number, end: number): Payload {
  const size = `${(end - start).toString(16)}\r\n`;
  const framedStart = start - size.length;
  page.write(size, framedStart, "latin1");
  page[end] = carriageReturn;
  page[end + 1] = lineFeed;
  return new Payload(page.subarray(framedStart, end + tailRoom), page.subarray(start, end));
}

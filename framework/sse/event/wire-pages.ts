/** Where an encoded event lies. */
export interface WireRange {
  readonly page: Buffer;
  readonly start: number;
  readonly end: number;
}

const pageBytes = 256 * 1024;
/** Room before a run for the size of a chunk: eight digits and a line end. */
export const headRoom = 10;
/** Room after a run for the end of the chunk. */
const tailRoom = 2;

/**
 * The memory of the log: events are encoded once, one behind the other, into large pages. What is written between two flushes is
 * a run, with room around it for the framing of HTTP/1.1, so that a flush is sent from where it lies. A page is freed when
 * neither the log nor a socket holds anything of it.
 */
export class WirePages {
  #page: Buffer = Buffer.alloc(0);
  #end = 0;

  /** Encodes a text as UTF-8 behind the last one. */
  write(text: string): WireRange {
    // A UTF-16 unit needs three bytes at most; the exact size is worth asking for only where that does not fit.
    if (this.#end + text.length * 3 + tailRoom > this.#page.length) this.#makeRoom(Buffer.byteLength(text));
    const start = this.#end;
    this.#end += this.#page.write(text, start);
    return { page: this.#page, start, end: this.#end };
  }

  /** What comes next belongs to another flush. */
  endRun(): void {
    this.#end += tailRoom + headRoom;
  }

  #makeRoom(bytes: number): void {
    if (this.#end + bytes + tailRoom <= this.#page.length) return;
    // Not from Node's pool, and untouched memory costs nothing.
    this.#page = Buffer.allocUnsafeSlow(Math.max(pageBytes, headRoom + bytes + tailRoom));
    this.#end = headRoom;
  }
}

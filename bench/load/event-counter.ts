/** Receives the events of one stream. */
export interface EventListener {
  /** An event whose data is stamped `t=<CLOCK_MONOTONIC ns>;`. */
  stamped(madeAt: bigint): void;
  /** Any other event with data: a greeting, a ping. */
  other(): void;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const firstOfData = 0x64;
const idField = "id: ";
const stamp = /t=(\d+);/;
const stampWithin = 200;

/** Counts the events of a stream that arrives in chunks of any length (LF and CRLF; a lone CR isn't a line ending here). */
export class EventCounter {
  readonly #listener: EventListener;
  /** The id of the last complete event that had one: where a reader resumes. */
  lastId: string | undefined;
  #id: string | undefined;
  #line = "";
  #atLineStart = true;
  #hasData = false;
  #madeAt: bigint | null = null;

  constructor(listener: EventListener) {
    this.#listener = listener;
  }

  /** Reads the next bytes of the body. */
  take(bytes: Buffer): void {
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf(newline, from);
      const until = end === -1 ? bytes.length : end;
      this.#readPart(bytes, from, until);
      if (end === -1) return;
      this.#endLine();
      from = end + 1;
    }
  }

  #readPart(bytes: Buffer, from: number, until: number): void {
    if (until === from || (this.#atLineStart && until === from + 1 && bytes[from] === carriageReturn)) return;
    if (this.#atLineStart && bytes[from] === firstOfData) this.#hasData = true;
    this.#atLineStart = false;
    const room = stampWithin - this.#line.length;
    if (room > 0) this.#line += bytes.toString("latin1", from, Math.min(until, from + room));
  }

  #endLine(): void {
    if (this.#atLineStart) {
      this.#dispatch();
      return;
    }
    const found = this.#line.startsWith("d") ? stamp.exec(this.#line) : null;
    if (found?.[1] !== undefined) this.#madeAt = BigInt(found[1]);
    if (this.#line.startsWith(idField)) this.#id = this.#line.slice(idField.length).trimEnd();
    this.#line = "";
    this.#atLineStart = true;
  }

  #dispatch(): void {
    if (this.#madeAt !== null) this.#listener.stamped(this.#madeAt);
    else if (this.#hasData) this.#listener.other();
    this.lastId = this.#id;
    this.#hasData = false;
    this.#madeAt = null;
  }
}

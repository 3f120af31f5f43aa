import { compressBlock } from "./gzip-block.ts";
import type { WireRange } from "./wire-pages.ts";

const chunkEnd = Buffer.from("\r\n");
const [carriageReturn, lineFeed] = [13, 10];

/**
 * Bytes for many connections at once. They lie in one buffer with the chunk framing of HTTP/1.1 (RFC 9112, section 7.1)
 * around them, so that connections with and without framing, thousands of them, share it without a copy.
 */
export class Payload {
  /** With chunk size and line ends. */
  readonly framed: Buffer;
  /** The bytes alone: a view into `framed`. */
  readonly plain: Buffer;
  /** How many bytes the events are, without framing. */
  readonly bytes: number;
  #compressed: Payload | undefined;

  constructor(framed: Buffer, plain: Buffer) {
    this.framed = framed;
    this.plain = plain;
    this.bytes = plain.length;
  }

  /** The same bytes as a block of a gzip stream; made once, however many connections ask. */
  get compressed(): Payload {
    this.#compressed ??= payloadOf([compressBlock(this.plain)]);
    return this.#compressed;
  }
}

/** One payload of several pieces in a row; together they are at least one byte, for an empty chunk would end the response. */
export function payloadOf(pieces: readonly Uint8Array[]): Payload {
  let bytes = 0;
  for (const piece of pieces) bytes += piece.byteLength;
  const size = `${bytes.toString(16)}\r\n`;
  const framed = Buffer.allocUnsafe(size.length + bytes + 2);
  let at = framed.write(size, "latin1");
  const start = at;
  for (const piece of pieces) {
    framed.set(piece, at);
    at += piece.byteLength;
  }
  framed.set(chunkEnd, at);
  return new Payload(framed, framed.subarray(start, at));
}

/** A whole run of the log as a payload, framed in place: not a byte is copied. */
export function runPayload({ page, start, end }: WireRange): Payload {
  const size = `${(end - start).toString(16)}\r\n`;
  const framedStart = start - size.length;
  page.write(size, framedStart, "latin1");
  page[end] = carriageReturn;
  page[end + 1] = lineFeed;
  return new Payload(page.subarray(framedStart, end + chunkEnd.length), page.subarray(start, end));
}

/** The payload of one text, encoded as UTF-8. */
export function textPayload(text: string): Payload {
  return payloadOf([Buffer.from(text)]);
}

import { constants, deflateRawSync } from "node:zlib";
import { fieldNotSendable, retryNotSendable } from "../errors.ts";

/** One server-sent event (WHATWG HTML, section 9.2). Every field is optional; fields left out are not sent. */
export interface SSEEvent {
  /** The payload; any text. Line breaks (CRLF, CR, LF) reach the client as LF. An empty string is an event with empty data. */
  readonly data?: string;
  /** The type; the client sees `message` when it is left out. Must not contain NUL or a line break. */
  readonly event?: string;
  /** What the client sends back as `Last-Event-ID`; an empty string clears it. Must not contain NUL or a line break. */
  readonly id?: string;
  /** How long the client waits before it reconnects, in whole milliseconds. */
  readonly retry?: number;
  /** A line that clients ignore; visible in curl. */
  readonly comment?: string;
}

/**
 * The id of a broadcast, `<epoch>-<sequence>`: of a Redis Stream entry, or of the in-process log. All broadcasts are in one order, so
 * the id of the last event a client received is also its cursor.
 */
export interface EventId {
  readonly epoch: number;
  readonly sequence: number;
}

/**
 * Bytes to send to many connections at once. One buffer holds them together with their HTTP/1.1 chunk framing (RFC 9112,
 * section 7.1), so thousands of connections, framed or not, share it without copying.
 */
export class Payload {
  /** With chunk size and line ends. */
  readonly framed: Buffer;
  /** The events alone: a view into `framed`. */
  readonly plain: Buffer;
  /** Size of the events without framing. */
  readonly bytes: number;
  #compressed: Payload | undefined;

  constructor(framed: Buffer, plain: Buffer) {
    this.framed = framed;
    this.plain = plain;
    this.bytes = plain.length;
  }

  /** The same bytes as a block of a gzip stream; compressed once, however many connections ask for it. */
  get compressed(): Payload {
    this.#compressed ??= joinPayload([compressBlock(this.plain)]);
    return this.#compressed;
  }
}

const lineBreaks = /\r\n|\r|\n/g;
const idPattern = /^(\d{1,16})-(\d{1,16})$/;
const chunkEnd = Buffer.from("\r\n");

/** The head of a gzip stream (RFC 1952): deflate, no flags, no time, unknown system. Sent once per connection. */
export const gzipHead: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/**
 * The event in wire format, ended by its blank line; an event without fields is the empty string.
 * Throws SSE_FIELD_NOT_SENDABLE or SSE_RETRY_NOT_SENDABLE for values that would inject fields.
 */
export function serializeEvent(event: SSEEvent): string {
  let text = "";
  if (event.comment !== undefined) text += formatLines("", event.comment);
  if (event.id !== undefined) text += `id: ${checkField("id", event.id)}\n`;
  if (event.event !== undefined) text += `event: ${checkField("event", event.event)}\n`;
  if (event.retry !== undefined) text += `retry: ${checkRetry(event.retry)}\n`;
  if (event.data !== undefined) text += formatLines("data", event.data);
  return text === "" ? "" : `${text}\n`;
}

/** Encodes bytes as base64, for binary data. Decode in the browser with `Uint8Array.from(atob(data), …)`. */
export function formatBinary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** Before every id that is ever given. */
export const zeroEventId: EventId = { epoch: 0, sequence: 0 };

/** Reads an id sent by a client; null for anything else. */
export function parseEventId(text: string | undefined): EventId | null {
  const match = text === undefined ? null : idPattern.exec(text);
  return match ? { epoch: Number(match[1]), sequence: Number(match[2]) } : null;
}

export function formatEventId(id: EventId): string {
  return `${id.epoch}-${id.sequence}`;
}

/** Negative when `a` came first, positive when `b` did, zero when they are equal. */
export function compareEventIds(a: EventId, b: EventId): number {
  return a.epoch - b.epoch || a.sequence - b.sequence;
}

/** Joins pieces into one payload. They must hold at least one byte: an empty chunk would end the response. */
export function joinPayload(pieces: readonly Uint8Array[]): Payload {
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

/** The payload of one text, encoded as UTF-8. */
export function textPayload(text: string): Payload {
  return joinPayload([Buffer.from(text)]);
}

/**
 * Compresses bytes into deflate blocks that end on a byte boundary and refer to nothing before them (a full flush, RFC 1951), so
 * one result fits into every client's stream.
 */
function compressBlock(bytes: Uint8Array): Buffer {
  return deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
}

/** One field per line of text: the standard knows three line breaks, and each of them would end the field. */
function formatLines(field: string, text: string): string {
  const prefix = `${field}: `;
  if (!text.includes("\n") && !text.includes("\r")) return `${prefix}${text}\n`;
  return `${prefix}${text.replace(lineBreaks, `\n${prefix}`)}\n`;
}

function checkField(field: "id" | "event", value: unknown): string {
  if (typeof value !== "string") throw fieldNotSendable({ field, value: String(value) });
  if (value.includes("\n") || value.includes("\r") || value.includes("\0")) throw fieldNotSendable({ field, value });
  return value;
}

function checkRetry(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw retryNotSendable({ value });
  return value;
}

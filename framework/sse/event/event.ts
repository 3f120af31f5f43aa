import { fieldNotSendable, retryNotSendable } from "../errors.ts";

/** One server-sent event (WHATWG HTML, section 9.2). Every field is optional; what is absent is not sent. */
export interface SSEEvent {
  /** The payload; any text. Line breaks (CRLF, CR, LF) reach the client as LF. An empty string is an event with empty data. */
  readonly data?: string;
  /** The type; `message` for the client when absent. May hold neither NUL nor a line break. */
  readonly event?: string;
  /** What the client sends back as `Last-Event-ID`; an empty string clears it. May hold neither NUL nor a line break. */
  readonly id?: string;
  /** How long the client waits before it reconnects; whole milliseconds from 0 up. */
  readonly retry?: number;
  /** A line that clients ignore; visible with curl. */
  readonly comment?: string;
}

const lineBreaks = /\r\n|\r|\n/g;

/**
 * The event as it goes over the wire, ended by its blank line; an event without any field is the empty string.
 * Throws SSE_FIELD_NOT_SENDABLE or SSE_RETRY_NOT_SENDABLE for values that would inject fields.
 */
export function serialiseEvent(event: SSEEvent): string {
  let text = "";
  if (event.comment !== undefined) text += formatLines("", event.comment);
  if (event.id !== undefined) text += `id: ${checkField("id", event.id)}\n`;
  if (event.event !== undefined) text += `event: ${checkField("event", event.event)}\n`;
  if (event.retry !== undefined) text += `retry: ${checkRetry(event.retry)}\n`;
  if (event.data !== undefined) text += formatLines("data", event.data);
  return text === "" ? "" : `${text}\n`;
}

/** Bytes as base64 text, for data that is not text. Undo it in the browser with `Uint8Array.from(atob(data), …)`. */
export function formatBinary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** One line a line of text: the standard knows three line breaks, and each of them would end the field. */
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

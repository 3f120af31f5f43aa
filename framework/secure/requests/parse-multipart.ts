import { bodyTooLarge } from "../errors.ts";
import { EventLoopTurn } from "./event-loop-turn.ts";
import type { FormEntries, FormEntry } from "./form-entry.ts";

export interface MultipartOptions {
  /** The header with the boundary. */
  readonly contentType: string;
  readonly maxParts: number;
  /** Headers and texts: everything but the contents of files. */
  readonly maxTextBytes: number;
}

/** More than any browser sends: a name and a file name. */
const maxHeaderBytes = 16 * 1024;
/** How much is searched without a pause. The worst bodies take a few milliseconds for that. */
const windowBytes = 256 * 1024;

/**
 * Parses `multipart/form-data` (RFC 7578), and stops at the limits rather than afterwards; throws SECURE_BODY_TOO_LARGE for too much
 * text. Other requests have their turns in between, whatever the body is.
 */
export async function parseMultipart(body: Buffer, options: MultipartOptions): Promise<FormEntries> {
  const { contentType, maxParts, maxTextBytes } = options;
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const delimiter = Buffer.from(`\r\n--${boundary?.[1] ?? boundary?.[2] ?? ""}`, "latin1");
  const first = delimiter.subarray(2);
  if (!boundary) return malformed;
  const turn = new EventLoopTurn();
  const opening = await find(body, first, { from: 0, turn });
  if (opening < 0 || (opening > 0 && body[opening - 1] !== 10)) return malformed;
  const entries: FormEntry[] = [];
  let textBytes = 0;
  let at = opening + first.length;
  while (!isClosing(body, at)) {
    if (entries.length === maxParts) return { ok: false, reason: "too-many" };
    const start = lineEnd(body, at);
    const headerEnd = start < 0 ? -1 : endOfHeader(body, start);
    const end = headerEnd < 0 ? -1 : await find(body, delimiter, { from: headerEnd + 2, turn });
    if (end < 0) return malformed;
    const header = readHeader(body.toString("utf8", start, headerEnd));
    if (!header) return malformed;
    textBytes += (header.file ? headerEnd : end) - start;
    if (textBytes > maxTextBytes) throw bodyTooLarge({ maxBytes: maxTextBytes });
    entries.push(readPart(header, body.subarray(headerEnd + 4, end)));
    if (turn.isOver) await turn.next();
    at = end + delimiter.length;
  }
  return { ok: true, entries };
}

const malformed = { ok: false, reason: "malformed" } as const;

/** Where the bytes are next, or -1. */
async function find(
  body: Buffer,
  bytes: Buffer,
  { from, turn }: { readonly from: number; readonly turn: EventLoopTurn },
): Promise<number> {
  for (let at = from; at < body.length; at += windowBytes) {
    const found = body.subarray(at, at + windowBytes + bytes.length - 1).indexOf(bytes);
    if (found >= 0) return at + found;
    if (turn.isOver) await turn.next();
  }
  return -1;
}

function isClosing(body: Buffer, at: number): boolean {
  return body[at] === 45 && body[at + 1] === 45;
}

/** After a delimiter come optional spaces and a line break (RFC 2046, 5.1.1). */
function lineEnd(body: Buffer, at: number): number {
  let end = at;
  while (body[end] === 32 || body[end] === 9) end++;
  return body[end] === 13 && body[end + 1] === 10 ? end + 2 : -1;
}

function endOfHeader(body: Buffer, start: number): number {
  const end = body.subarray(start, start + maxHeaderBytes).indexOf("\r\n\r\n");
  return end < 0 ? -1 : start + end;
}

interface PartHeader {
  readonly name: string;
  /** Undefined for a text. */
  readonly file?: { readonly name: string; readonly type: string };
}

function readHeader(text: string): PartHeader | undefined {
  const lines = text.split("\r\n");
  const disposition = headerValue(lines, "content-disposition");
  const name = parameter(disposition, "name");
  if (!/^form-data *;/i.test(disposition) || name === undefined) return undefined;
  const fileName = parameter(disposition, "filename");
  if (fileName === undefined) return { name };
  return { name, file: { name: fileName, type: headerValue(lines, "content-type") || "application/octet-stream" } };
}

function readPart({ name, file }: PartHeader, content: Buffer): FormEntry {
  if (!file) return [name, decoder.decode(content)];
  // A file copies its bytes; the body is never shared memory, whatever the type of a Buffer says.
  return [name, new File([content as Uint8Array<ArrayBuffer>], file.name, { type: file.type })];
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function headerValue(lines: readonly string[], name: string): string {
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? "";
}

/** Browsers encode quotes and line breaks in names, and nothing else (HTML, "multipart form data"). */
function parameter(disposition: string, name: string): string | undefined {
  const quoted = new RegExp(`; *${name}="([^"]*)"`, "i").exec(disposition)?.[1];
  const text = quoted ?? new RegExp(`; *${name}=([^\\s;"]+)`, "i").exec(disposition)?.[1];
  return text?.replace(/%(?:22|0D|0A)/gi, (code) => decodeURIComponent(code));
}

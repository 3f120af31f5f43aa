import type { FormEntries, FormEntry } from "./form-entry.ts";

export interface MultipartOptions {
  /** The header with the boundary. */
  readonly contentType: string;
  readonly maxParts: number;
}

/** More than any browser sends: a name and a file name. */
const maxHeaderBytes = 16 * 1024;

/** Parses `multipart/form-data` (RFC 7578), and stops at the limits rather than afterwards. */
export function parseMultipart(body: Buffer, { contentType, maxParts }: MultipartOptions): FormEntries {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const delimiter = Buffer.from(`\r\n--${boundary?.[1] ?? boundary?.[2] ?? ""}`, "latin1");
  const first = delimiter.subarray(2);
  if (!boundary) return malformed;
  const opening = body.indexOf(first);
  if (opening < 0 || (opening > 0 && body[opening - 1] !== 10)) return malformed;
  const entries: FormEntry[] = [];
  let at = opening + first.length;
  while (!isClosing(body, at)) {
    if (entries.length === maxParts) return { ok: false, reason: "too-many" };
    const start = lineEnd(body, at);
    const headerEnd = start < 0 ? -1 : endOfHeader(body, start);
    const end = headerEnd < 0 ? -1 : body.indexOf(delimiter, headerEnd + 2);
    if (end < 0) return malformed;
    const entry = readPart(body.toString("utf8", start, headerEnd), body.subarray(headerEnd + 4, end));
    if (!entry) return malformed;
    entries.push(entry);
    at = end + delimiter.length;
  }
  return { ok: true, entries };
}

const malformed = { ok: false, reason: "malformed" } as const;

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

function readPart(header: string, content: Buffer): FormEntry | undefined {
  const lines = header.split("\r\n");
  const disposition = headerValue(lines, "content-disposition");
  const name = parameter(disposition, "name");
  if (!/^form-data *;/i.test(disposition) || name === undefined) return undefined;
  const fileName = parameter(disposition, "filename");
  if (fileName === undefined) return [name, decoder.decode(content)];
  const type = headerValue(lines, "content-type") || "application/octet-stream";
  return [name, new File([new Uint8Array(content)], fileName, { type })];
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

import type { Context } from "hono";
import { KitError } from "../../base/index.ts";
import { isForm, readFormEntries } from "../../secure/index.ts";
import { malformedBody, textWithNul, tooManyFields, unsupportedBody } from "../errors.ts";

/** One name and value of a request. */
export type Entry = readonly [name: string, value: unknown];

const maxFields = 1000;
const maxJsonValues = 10_000;
const [quote, comma, openingBracket, backslash, openingBrace] = [34, 44, 91, 92, 123];
const [lineFeed, carriageReturn] = [10, 13];
const longText = 10_000;

/**
 * The entries of a form (URL-encoded or multipart) or a JSON object, in order. Empty if the request has no body. Without `takesFiles`, a
 * multipart form may be no larger than any other. Throws `FORMS_MALFORMED_BODY` (400), `FORMS_UNSUPPORTED_BODY` (415),
 * `FORMS_TOO_MANY_FIELDS` (400), `FORMS_TEXT_WITH_NUL` (400) or `SECURE_BODY_TOO_LARGE` (413).
 */
export async function readBody(
  c: Context,
  { takesFiles }: { readonly takesFiles: boolean },
): Promise<readonly Entry[]> {
  const contentType = (c.req.header("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!takesFiles) c.get("bodySize")?.refuseUploads();
  if (isForm(c)) return readEntries(c, contentType);
  if (contentType === "application/json") return readJson(c, contentType);
  if (contentType === "" && (await c.req.text()) === "") return [];
  throw unsupportedBody({ contentType });
}

async function readEntries(c: Context, contentType: string): Promise<readonly Entry[]> {
  const form = await readFormEntries(c, maxFields).catch((cause: unknown) => {
    throw cause instanceof KitError ? cause : malformedBody({ contentType, cause });
  });
  if (!form.ok) throw form.reason === "too-many" ? tooManyFields({ maxFields }) : malformedBody({ contentType });
  for (const [name, value] of form.entries) refuseNul(name, typeof value === "string" ? value : value.name);
  return form.entries.map(([name, value]) => [name, isUnchosenFile(value) ? undefined : withPlainLines(value)]);
}

/** Not every database can store one, files can't have one in their names, and nobody can type one. */
export function refuseNul(...texts: readonly unknown[]): void {
  for (const text of texts) if (typeof text === "string" && text.includes("\0")) throw textWithNul();
}

/** Forms send every line break as CRLF (HTML, "constructing the entry list"), but the user typed one character. */
export function withPlainLines<Value>(value: Value): Value | string {
  if (typeof value !== "string" || !value.includes("\r")) return value;
  return value.length > longText ? rewriteLines(value) : value.replace(/\r\n?/g, "\n");
}

/** A hundred times as fast as to replace them one by one, but it takes two bytes for each character. */
function rewriteLines(text: string): string {
  const bytes = Buffer.from(text, "utf16le");
  const units = new Uint16Array(bytes.buffer, bytes.byteOffset, text.length);
  let length = 0;
  let before = 0;
  for (const unit of units) {
    if (unit !== lineFeed || before !== carriageReturn) units[length++] = unit === carriageReturn ? lineFeed : unit;
    before = unit;
  }
  return bytes.toString("utf16le", 0, 2 * length);
}

async function readJson(c: Context, contentType: string): Promise<readonly Entry[]> {
  const text = await c.req.text();
  if (hasMoreJsonValues(text, maxJsonValues)) throw tooManyFields({ maxFields: maxJsonValues });
  const value = parseJson(text, contentType);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformedBody({ contentType });
  const entries = Object.entries(value);
  if (entries.length > maxFields) throw tooManyFields({ maxFields });
  return entries;
}

/** Counts values before they are parsed, but not what looks like some in texts. */
function hasMoreJsonValues(text: string, max: number): boolean {
  let count = 0;
  let isText = false;
  for (let at = 0; at < text.length && count <= max; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote) isText = !isText;
    else if (isText) at += unit === backslash ? 1 : 0;
    else if (unit === comma || unit === openingBracket || unit === openingBrace) count++;
  }
  return count > max;
}

function parseJson(text: string, contentType: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      refuseNul(key, value);
      return isPollutingName(key) ? undefined : value;
    });
  } catch (cause) {
    throw cause instanceof KitError ? cause : malformedBody({ contentType, cause });
  }
}

/** Names that would change the prototype of the object they are assigned to. */
export function isPollutingName(name: string): boolean {
  return name === "__proto__" || name === "constructor" || name === "prototype";
}

// An empty file input sends an empty file without a name (HTML, "constructing the entry list").
function isUnchosenFile(value: unknown): boolean {
  return value instanceof File && value.name === "" && value.size === 0;
}

import type { Context } from "hono";
import { malformedBody, tooManyFields, unsupportedBody } from "../errors.ts";

/** One name and value of a request. */
export type Entry = readonly [name: string, value: unknown];

const maxFields = 1000;

/**
 * The entries of a form (URL-encoded or multipart) or a JSON object, in order. Empty if the request has no body. Throws
 * `FORMS_MALFORMED_BODY` (400), `FORMS_UNSUPPORTED_BODY` (415) or `FORMS_TOO_MANY_FIELDS` (400).
 */
export async function readBody(c: Context): Promise<readonly Entry[]> {
  const contentType = (c.req.header("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const entries = await readEntries(c, contentType);
  if (entries.length > maxFields) throw tooManyFields({ maxFields });
  return entries;
}

async function readEntries(c: Context, contentType: string): Promise<readonly Entry[]> {
  if (contentType === "application/x-www-form-urlencoded") return [...new URLSearchParams(await c.req.text())];
  if (contentType === "multipart/form-data") return readMultipart(c, contentType);
  if (contentType === "application/json") return readJson(c, contentType);
  if (contentType === "" && (await c.req.text()) === "") return [];
  throw unsupportedBody({ contentType });
}

async function readMultipart(c: Context, contentType: string): Promise<readonly Entry[]> {
  const form = await c.req.formData().catch((cause: unknown) => {
    throw malformedBody({ contentType, cause });
  });
  const entries: Entry[] = [];
  form.forEach((value, name) => {
    entries.push([name, isUnchosenFile(value) ? undefined : value]);
  });
  return entries;
}

async function readJson(c: Context, contentType: string): Promise<readonly Entry[]> {
  const text = await c.req.text();
  const value = parseJson(text, contentType);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformedBody({ contentType });
  return Object.entries(value);
}

function parseJson(text: string, contentType: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => (isPollutingName(key) ? undefined : value));
  } catch (cause) {
    throw malformedBody({ contentType, cause });
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

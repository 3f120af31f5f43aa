import type { Context } from "hono";
import type { FormEntries, FormEntry } from "./form-entry.ts";
import { parseMultipart } from "./parse-multipart.ts";

/** Whether the request has a form as its body, going by its Content-Type. */
export function isForm(c: Context): boolean {
  return /^(?:multipart\/form-data|application\/x-www-form-urlencoded) *(?:;|$)/i.test(contentTypeOf(c));
}

/**
 * The entries of a form, URL-encoded or multipart, in order. Values are counted before they are parsed, because parsing hundreds of
 * thousands of them would hold up all other requests. The texts of a multipart form may be as large as any other form, whatever files
 * there are.
 */
export async function readFormEntries(c: Context, maxFields: number): Promise<FormEntries> {
  if (!/^multipart\//i.test(contentTypeOf(c))) {
    const text = await c.req.text();
    return hasMore(text, "&", maxFields - 1) ? tooMany : { ok: true, entries: [...new URLSearchParams(text)] };
  }
  const parsed = c.req.bodyCache.formData;
  if (parsed) return fromFormData(parsed, maxFields);
  const body = Buffer.from(await c.req.arrayBuffer());
  const maxTextBytes = c.get("bodySize")?.maxTextBytes ?? Number.POSITIVE_INFINITY;
  return await parseMultipart(body, { contentType: contentTypeOf(c), maxParts: maxFields, maxTextBytes });
}

const tooMany = { ok: false, reason: "too-many" } as const;

async function fromFormData(parsed: Promise<FormData> | FormData, maxFields: number): Promise<FormEntries> {
  const entries: FormEntry[] = [];
  // Hono caches undefined if the body couldn't be parsed.
  (await parsed)?.forEach((value, name) => void entries.push([name, value]));
  return entries.length > maxFields ? tooMany : { ok: true, entries };
}

function contentTypeOf(c: Context): string {
  return c.req.header("Content-Type")?.trim() ?? "";
}

function hasMore(text: string, part: string, max: number): boolean {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) if (++count > max) return true;
  return false;
}

import { readQuery } from "buffkit";
import type { Context } from "hono";
import { z } from "zod";

const schema = z.object({ prompt: z.string().trim().min(1).max(500) });

/** The prompt of the query, or null for none and for one that is too long. */
export async function readPrompt(c: Context): Promise<string | null> {
  const query = await readQuery(c, schema);
  return query.ok ? query.data.prompt : null;
}

/** The answer to a request without a usable prompt. */
export function promptMissing(c: Context): Response {
  return c.json({ error: "Ask with ?prompt=…, 1 to 500 characters." }, 400);
}

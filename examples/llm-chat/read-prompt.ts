import { readQuery } from "buffkit";
import type { Context } from "hono";
import { z } from "zod";

const schema = z.object({ prompt: z.string().trim().min(1).max(500) });

/** The prompt in the query string, or null if it is missing or too long. */
export async function readPrompt(c: Context): Promise<string | null> {
  const query = await readQuery(c, schema);
  return query.ok ? query.data.prompt : null;
}

/** The response to a request without a valid prompt. */
export function promptMissing(c: Context): Response {
  return c.json({ error: "Add a prompt of 1 to 500 characters: ?prompt=…" }, 400);
}

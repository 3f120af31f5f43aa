import { readQuery } from "buffkit";
import type { Context } from "hono";
import { z } from "zod";

/** A name that people enter. */
export const nameField = z.string().trim().min(1).max(30);

const schema = z.object({ name: nameField });

/** The name in the query string, or null if it is missing or invalid. */
export async function readName(c: Context): Promise<string | null> {
  const query = await readQuery(c, schema);
  return query.ok ? query.data.name : null;
}

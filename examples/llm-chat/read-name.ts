import { readQuery } from "buffkit";
import type { Context } from "hono";
import { z } from "zod";

/** A name as people give it. */
export const nameField = z.string().trim().min(1).max(30);

const schema = z.object({ name: nameField });

/** The name in the address, or null where there is none that will do. */
export async function readName(c: Context): Promise<string | null> {
  const query = await readQuery(c, schema);
  return query.ok ? query.data.name : null;
}

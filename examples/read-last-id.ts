import type { Context } from "hono";

/** The number of the last event that a reconnecting client received, if its header contains one. */
export function readLastId(c: Context): number | undefined {
  const text = c.req.header("last-event-id");
  const id = Number(text);
  return text && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}

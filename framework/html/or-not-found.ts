import { HTTPException } from "hono/http-exception";

/**
 * Returns the value, or shows the 404 page if there is none: `const note = orNotFound(await findNote(db, id))`. It throws Hono's
 * `HTTPException`, which the error handler turns into that page.
 */
export function orNotFound<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new HTTPException(404);
  return value;
}

import { HTTPException } from "hono/http-exception";

/**
 * The value, or the page that says 404 if there is none: `const note = orNotFound(await findNote(db, id))`. Throws Hono's `HTTPException`,
 * which the error handler turns into that page.
 */
export function orNotFound<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new HTTPException(404);
  return value;
}

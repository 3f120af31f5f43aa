import type { MiddlewareHandler } from "hono";
import { nulInQuery } from "../errors.ts";

/**
 * Answers 404 to a path that contains a NUL: no row and no file can have one in its name, and not every database and file system says so
 * nicely. Throws `SECURE_NUL_IN_QUERY` (400) for one in the query.
 */
export function refuseNul(): MiddlewareHandler {
  return async function refuseNul(c, next) {
    const at = c.req.url.indexOf("%00");
    if (at < 0) return next();
    const queryAt = c.req.url.indexOf("?");
    if (queryAt >= 0 && queryAt < at) throw nulInQuery();
    return c.notFound();
  };
}

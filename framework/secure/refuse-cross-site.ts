import type { MiddlewareHandler } from "hono";

/** Refuses with 403 what another site asks for by script, before it costs anything: for event streams and private data by GET. */
export function refuseCrossSite(): MiddlewareHandler {
  return async function refuseCrossSite(c, next) {
    const site = c.req.header("Sec-Fetch-Site");
    if (site === "cross-site" || site === "same-site") return c.text("Cross-origin request refused", 403);
    return next();
  };
}

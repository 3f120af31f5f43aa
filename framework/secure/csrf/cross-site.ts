import type { Context, MiddlewareHandler } from "hono";
import { isSafeMethod } from "../requests/safe-method.ts";

/**
 * Whether the browser says that another site sent this request, a subdomain included; undefined if it says nothing. The value `none`
 * means the user did it, with a bookmark or the address bar (Fetch Metadata, 2.3).
 */
export function isCrossSite(c: Context): boolean | undefined {
  const site = c.req.header("Sec-Fetch-Site");
  return site === undefined ? undefined : site !== "same-origin" && site !== "none";
}

/**
 * Refuses POST, PUT, PATCH and DELETE from other sites with 403, and lets clients pass that aren't browsers. For Hono apps without
 * `wire`, which checks more.
 */
export function refuseCrossSite(): MiddlewareHandler {
  return async function refuseCrossSite(c, next) {
    if (!isSafeMethod(c.req.method) && isCrossSite(c)) return c.text("Cross-origin request refused", 403);
    return next();
  };
}

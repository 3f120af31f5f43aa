import type { Context, MiddlewareHandler } from "hono";
import { addressKey } from "../requests/client-address.ts";
import { noteRefusal } from "../requests/log-refusals.ts";
import type { RateLimiter, RateRule, RateVerdict } from "./rate-limiter.ts";

export interface RateLimitOptions extends RateRule {
  readonly limiter: RateLimiter;
  /** What to count by. Default: the client's address. `null` allows the request without counting it. */
  readonly key?: (c: Context) => string | null;
}

/** Responds with 429 and `Retry-After` when the same client sends too many requests. Put it on a route or a group of routes. */
export function rateLimit(options: RateLimitOptions): MiddlewareHandler {
  const key = options.key ?? ((c: Context) => addressKey(c.get("clientAddress") ?? "unknown"));
  return async function rateLimit(c, next) {
    const counted = key(c);
    if (counted === null) return next();
    const verdict = await options.limiter.consume(options, counted);
    if (verdict.ok) return next();
    const { name, limit, windowMs } = options;
    noteRefusal(c, { reason: `rate limit ${name}`, facts: { limit, windowMs, address: c.get("clientAddress") } });
    c.header("Retry-After", retryAfter(verdict));
    if (c.req.header("HX-Request")) c.header("HX-Reswap", "none");
    return c.text("Too many requests. Please wait and try again.", 429);
  };
}

/** The value of a Retry-After header: whole seconds, rounded up. */
export function retryAfter(verdict: Pick<Extract<RateVerdict, { ok: false }>, "retryAfterMs">): string {
  return String(Math.max(1, Math.ceil(verdict.retryAfterMs / 1000)));
}

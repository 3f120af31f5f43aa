import type { MiddlewareHandler } from "hono";
import { createId } from "../base/index.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** Names this request in the log, in the answer's `X-Request-Id` and on error pages. */
    requestId: string;
  }
}

export interface RequestIdOptions {
  /** Takes over the `X-Request-Id` that a trusted proxy sent, when it is 8 to 128 plain characters. False unless given. */
  readonly trustIncoming?: boolean;
}

/** Gives every request an id. */
export function requestId(options: RequestIdOptions = {}): MiddlewareHandler {
  return async function requestId(c, next) {
    const incoming = options.trustIncoming ? c.req.header("X-Request-Id") : undefined;
    const id = incoming && /^[\w.-]{8,128}$/.test(incoming) ? incoming : createId();
    c.set("requestId", id);
    await next();
    try {
      c.res.headers.set("X-Request-Id", id);
    } catch {
      // Answers of `fetch` have immutable headers.
      c.res = new Response(c.res.body, c.res);
      c.res.headers.set("X-Request-Id", id);
    }
  };
}

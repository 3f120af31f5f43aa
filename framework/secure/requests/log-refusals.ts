import type { Context, MiddlewareHandler } from "hono";
import { type LimitedWarning, type Logger, limitedWarning } from "../../base/index.ts";

/** Why a request was refused, for the log. */
export interface Refusal {
  /** One of a few texts in the code, never something that a client sent. */
  readonly reason: string;
  /** More about it, such as the host that isn't allowed. */
  readonly facts?: object;
}

declare module "hono" {
  interface ContextVariableMap {
    refusal?: Refusal | "logged";
    /** Logs what any visitor can cause, each kind at most once a minute. */
    warnRarely?: LimitedWarning;
  }
}

/** Says why the response to this request is a refusal; `logRefusals` logs it. `logged`: somebody has done that already. */
export function noteRefusal(c: Context, refusal: Refusal | "logged"): void {
  c.set("refusal", refusal);
}

/** Statuses that tell somebody what they may not do, or that the server can't do it now. Not so missing pages and problems of forms. */
const refusals: ReadonlySet<number> = new Set([400, 403, 405, 408, 413, 414, 415, 421, 429, 431, 503]);

/**
 * Logs each kind of refused request once a minute: by status and reason, with the path of the first one. Other responses are logged if a
 * reason was noted.
 */
export function logRefusals({ log }: { readonly log: Logger }): MiddlewareHandler {
  const warn = limitedWarning({ log });
  return async function logRefusals(c, next) {
    c.set("warnRarely", warn);
    await next();
    const { status } = c.res;
    const refusal = c.get("refusal");
    if (refusal === "logged" || status < 400 || !(refusal || refusals.has(status))) return;
    const { reason, facts } = refusal ?? {};
    const request = { requestId: c.get("requestId"), method: c.req.method, path: c.req.path, status };
    warn(
      `${status} ${reason}`,
      { ...request, ...(reason === undefined ? {} : { reason }), ...facts },
      "request refused",
    );
  };
}

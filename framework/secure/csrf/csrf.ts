import type { Context, MiddlewareHandler } from "hono";
import { type LimitedWarning, type Logger, limitedWarning, silentLogger } from "../../base/index.ts";
import { isForm, readFormEntries } from "../requests/form-entries.ts";
import { noteRefusal } from "../requests/log-refusals.ts";
import { parseAppUrl } from "../requests/parse-app-url.ts";
import { isSafeMethod } from "../requests/safe-method.ts";
import type { Signer } from "../signer.ts";
import { isCrossSite } from "./cross-site.ts";
import { type CsrfBinding, createCsrfToken, isCsrfToken, readBinding, writeBinding } from "./csrf-token.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** The token that forms send in the field `_csrf` and scripts in the header `X-CSRF-Token`. */
    csrfToken: string;
  }
}

export interface CsrfOptions {
  /** The URL of the app. `Origin` is compared with it, never with the request's own host. */
  readonly appUrl: string;
  readonly signer: Signer;
  /** Whether cookies are sent over https only. */
  readonly isSecure: boolean;
  /** Routes that other servers call and that authenticate in another way: paths by name, with `*` at the end for all below. */
  readonly exempt?: Readonly<Record<string, string>>;
  /**
   * Whether `localhost`, `127.0.0.1` and `[::1]` on the port of the request are one site, as they are for somebody who develops the app.
   * Default: false.
   */
  readonly isLoopbackOneSite?: boolean;
  /** The id of the session. Default: `c.var.session.id`. */
  readonly sessionId?: (c: Context) => string | undefined;
  /** Logs refused requests, each reason at most once a minute. Default: no log. */
  readonly log?: Logger;
}

/**
 * Refuses unsafe requests that another site made a browser send, regardless of their content type. Browsers say where a request comes
 * from in `Sec-Fetch-Site`; older ones send `Origin`, which is compared with `appUrl`. Without either, the form token decides.
 */
export function csrf(options: CsrfOptions): MiddlewareHandler {
  const origin = parseAppUrl(options.appUrl).origin;
  const exempt = Object.values(options.exempt ?? {});
  const sessionId = options.sessionId ?? sessionOf;
  const warn = limitedWarning({ log: options.log ?? silentLogger });
  return async function csrf(c, next) {
    const binding = readBinding(c, sessionId(c), options.isSecure);
    c.set("csrfToken", createCsrfToken(options.signer, binding));
    if (!isSafeMethod(c.req.method) && !exempt.some((pattern) => isCovered(pattern, c.req.path))) {
      const origins = options.isLoopbackOneSite && isOwnMachine(c) ? "allowed" : judgeOrigin(c, origin);
      const verdict = origins === "unknown" ? await judgeToken(c, options.signer, binding) : origins;
      if (verdict !== "allowed") return refuse(c, verdict, warn);
    }
    await next();
    const isPage = c.res.headers.get("Content-Type")?.startsWith("text/html");
    if (binding.isNew && isPage) writeBinding(c, binding, options.isSecure);
    return undefined;
  };
}

const maxFields = 1000;

type Verdict = "allowed" | "CSRF token missing" | "CSRF token invalid" | "Cross-origin request refused";

function judgeOrigin(c: Context, own: string): Verdict | "unknown" {
  const isOther = isCrossSite(c);
  if (isOther !== undefined) return isOther ? "Cross-origin request refused" : "allowed";
  const origin = c.req.header("Origin");
  if (origin === undefined) return "unknown";
  return origin === own ? "allowed" : "Cross-origin request refused";
}

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether the request and the page that sent it have names of this machine, and the same port. */
function isOwnMachine(c: Context): boolean {
  const given = c.req.header("Origin") ?? "";
  if (!URL.canParse(given)) return false;
  const [page, request] = [new URL(given), new URL(c.req.url)];
  const isLocal = page.protocol === "http:" && [page, request].every(({ hostname }) => loopbackNames.has(hostname));
  return isLocal && page.origin === given && page.port === request.port;
}

async function judgeToken(c: Context, signer: Signer, binding: CsrfBinding): Promise<Verdict> {
  const token = await readToken(c);
  if (!token) return "CSRF token missing";
  return isCsrfToken(token, signer, binding) ? "allowed" : "CSRF token invalid";
}

async function readToken(c: Context): Promise<string | undefined> {
  const header = c.req.header("X-CSRF-Token");
  if (header) return header;
  if (!isForm(c)) return undefined;
  // The route isn't known yet, so neither is whether it takes files.
  c.get("bodySize")?.refuseUploads();
  const form = await readFormEntries(c, maxFields);
  // A malformed form has no token; the response says so.
  const value = form.ok ? form.entries.findLast(([name]) => name === "_csrf")?.[1] : undefined;
  return typeof value === "string" ? value : undefined;
}

function refuse(c: Context, reason: Exclude<Verdict, "allowed">, warn: LimitedWarning): Response {
  const request = { requestId: c.get("requestId"), path: c.req.path, method: c.req.method };
  warn(reason, { ...request, reason }, "request refused");
  noteRefusal(c, "logged");
  // Otherwise htmx would swap this sentence into the form's target.
  if (c.req.header("HX-Request")) c.header("HX-Reswap", "none");
  c.header("Vary", "Sec-Fetch-Site, Origin", { append: true });
  return c.text(reason, 403);
}

function isCovered(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

function sessionOf(c: Context): string | undefined {
  const session: unknown = c.get("session");
  if (typeof session !== "object" || session === null || !("id" in session)) return undefined;
  return typeof session.id === "string" ? session.id : undefined;
}

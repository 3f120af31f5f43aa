import type { Context, MiddlewareHandler } from "hono";
import type {} from "hono/request-id"; // Declares `c.var.requestId`.
import { randomToken } from "../../base/index.ts";
import { formatPolicy } from "./content-security-policy.ts";
import { documentHeaders, readScriptHashes, type SecurityHeadersOptions, securityHeaders } from "./security-headers.ts";
import { writableHeaders } from "./writable-headers.ts";

export interface SecureHeadersOptions extends SecurityHeadersOptions {
  /** Sets a nonce for each response in `c.var.cspNonce`, for apps that can't do without inline scripts. Default: false. */
  readonly nonce?: boolean;
  /** Whether this response is for one user only and must not be cached. Default: whether `c.var.user` is set. */
  readonly isPrivate?: (c: Context) => boolean;
}

declare module "hono" {
  interface ContextVariableMap {
    /** Lets an inline script of this response run; set only with `secureHeaders({ nonce: true })`. */
    cspNonce: string | undefined;
  }
}

type Pairs = readonly (readonly [string, string])[];

interface Prepared {
  readonly hashes: string;
  readonly pairs: Pairs;
}

/**
 * Sets the security headers and `X-Request-Id` on every response, including errors and redirects. Headers that the route set stay.
 * The values are computed once, and again only when the script hashes change.
 */
export function secureHeaders(options: SecureHeadersOptions = {}): MiddlewareHandler {
  const documentPairs = Object.entries(documentHeaders(options));
  const isPrivate = options.isPrivate ?? hasUser;
  let prepared = prepare(options, readScriptHashes(options).join(" "));
  return async function secureHeaders(c, next) {
    const nonce = options.nonce ? randomToken(16) : undefined;
    if (nonce) c.set("cspNonce", nonce);
    await next();
    if (typeof options.scriptHashes === "function") {
      const hashes = readScriptHashes(options).join(" ");
      if (hashes !== prepared.hashes) prepared = prepare(options, hashes);
    }
    const headers = writableHeaders(c);
    if (nonce && !headers.has("Content-Security-Policy"))
      headers.set("Content-Security-Policy", withNonce(options, nonce));
    const requestId = c.get("requestId");
    if (requestId) headers.set("X-Request-Id", requestId);
    setMissing(headers, prepared.pairs);
    if (isPrivate(c) && !headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
    if (headers.get("Content-Type")?.startsWith("text/html")) setMissing(headers, documentPairs);
  };
}

function prepare(options: SecureHeadersOptions, hashes: string): Prepared {
  return { hashes, pairs: Object.entries(securityHeaders(options)) };
}

function withNonce(options: SecureHeadersOptions, nonce: string): string {
  return formatPolicy({
    replace: options.policy,
    add: options.addToPolicy,
    scriptHashes: readScriptHashes(options),
    nonce,
  });
}

function setMissing(headers: Headers, pairs: Pairs): void {
  for (const [name, value] of pairs) if (!headers.has(name)) headers.set(name, value);
}

function hasUser(c: Context): boolean {
  const user: unknown = c.get("user");
  return user !== null && user !== undefined;
}

import type { MiddlewareHandler } from "hono";

export interface DevGuardOptions {
  /** The app's own address: its host may see the pages besides this machine's names. */
  readonly appUrl: string;
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Mails carry their rules inline and are shown in sandboxed frames, which inherit this policy (HTML, 7.3.3 srcdoc).
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/**
 * Lets only requests to this machine's names, or to the configured one, see the development pages, so that a foreign site cannot
 * read them by DNS rebinding; and keeps them out of caches.
 */
export function devGuard({ appUrl }: DevGuardOptions): MiddlewareHandler {
  const own = new URL(appUrl).hostname;
  return async function devGuard(c, next) {
    const { hostname } = new URL(c.req.url);
    if (hostname !== own && !isLoopback(hostname))
      return c.text("The development pages answer on localhost only.\n", 404);
    await next();
    const { headers } = c.res;
    if (headers.get("Content-Type")?.startsWith("text/event-stream")) return undefined;
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", policy);
    headers.set("Referrer-Policy", "no-referrer");
    return undefined;
  };
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

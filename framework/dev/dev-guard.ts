import type { MiddlewareHandler } from "hono";

export interface DevGuardOptions {
  /** The URL of the app: its host can see the pages, besides localhost. */
  readonly appUrl: string;
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Mails have inline styles, and their sandboxed frames inherit this policy (HTML, 7.3.3 srcdoc).
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/**
 * Serves the development pages on localhost and the configured host only, so that another site can't read them through DNS rebinding,
 * and keeps them out of caches.
 */
export function devGuard({ appUrl }: DevGuardOptions): MiddlewareHandler {
  const own = new URL(appUrl).hostname;
  return async function devGuard(c, next) {
    const { hostname } = new URL(c.req.url);
    if (hostname !== own && !isLoopback(hostname))
      return c.text("The development pages are only available on localhost.\n", 404);
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

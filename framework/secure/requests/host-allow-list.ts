import type { Context, MiddlewareHandler } from "hono";
import { noteRefusal } from "./log-refusals.ts";
import { parseAppUrl } from "./parse-app-url.ts";

export interface HostAllowListOptions {
  /** The URL of the app; its host is always allowed. */
  readonly appUrl: string;
  /** More hosts: `example.com`, `example.com:8080` or `.example.com` for all its subdomains. */
  readonly hosts?: readonly string[];
  /** Allows `localhost`, its subdomains and loopback addresses. Default: true, because links are never built from Host. */
  readonly allowLoopback?: boolean;
  /** Paths that accept any host, for load balancers. Default: `/healthz` and `/readyz`. */
  readonly exempt?: readonly string[];
  /** Whether the response says which setting allows a host, for somebody who develops the app. Default: false. */
  readonly isExplained?: boolean;
}

const shape = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const loopback = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses requests for other hosts: 400 if the host is missing, duplicated or malformed, 403 if it isn't on the list. Checks both the
 * header and the request target, since an absolute-form target (RFC 9112, 3.2.2) has a host of its own.
 */
export function hostAllowList(options: HostAllowListOptions): MiddlewareHandler {
  const exempt = new Set(options.exempt ?? ["/healthz", "/readyz"]);
  const isAllowed = createHostCheck(options);
  return async function hostAllowList(c, next) {
    if (exempt.has(c.req.path)) return next();
    const target = targetHost(c.req.url);
    const header = c.req.header("Host") ?? target;
    if (hasSeveralHosts(c) || !shape.test(header) || !shape.test(target)) {
      noteRefusal(c, { reason: "malformed host", facts: { host: header, target } });
      return c.text("Malformed Host", 400);
    }
    if (!isAllowed(header) || (target !== header && !isAllowed(target))) {
      noteRefusal(c, { reason: "host not allowed", facts: { host: header, target, appUrl: options.appUrl } });
      return c.text(`Host not allowed${options.isExplained ? `: ${explain(options.appUrl)}` : ""}`, 403);
    }
    return next();
  };
}

function explain(appUrl: string): string {
  return `it isn't that of appUrl, ${appUrl}. List other hosts in secure.hosts.`;
}

function createHostCheck(options: HostAllowListOptions): (host: string) => boolean {
  const entries = [parseAppUrl(options.appUrl).host, ...(options.hosts ?? [])].map((host) => host.toLowerCase());
  const exact = new Set(entries.filter((host) => !host.startsWith(".")));
  const suffixes = entries.filter((host) => host.startsWith("."));
  const allowLoopback = options.allowLoopback ?? true;
  return (given) => {
    const host = given.toLowerCase();
    if (exact.has(host)) return true;
    const name = host.replace(/:\d+$/, "");
    if (exact.has(name) || suffixes.some((suffix) => name.endsWith(suffix))) return true;
    return allowLoopback && loopback.test(host);
  };
}

/** Without a URL object, which would cost more than the rest of this file. */
function targetHost(url: string): string {
  const start = url.indexOf("://") + 3;
  const end = url.slice(start).search(/[/?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

/** Node silently keeps the first of several Host headers; only the raw list shows the others. */
function hasSeveralHosts(c: Context): boolean {
  const env: { incoming?: { rawHeaders?: readonly string[] } } | undefined = c.env;
  const raw = env?.incoming?.rawHeaders;
  if (!raw) return false;
  let count = 0;
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]?.length === 4 && raw[index]?.toLowerCase() === "host") count++;
  }
  return count > 1;
}

import type { Context } from "hono";
import { parseLocalPath } from "../base/index.ts";
import { checkSelector } from "./check-selector.ts";
import { invalidEventName, unsafeHeaderValue, unsafePath } from "./errors.ts";
import type { Swap } from "./htmx-attributes.ts";
import { readHtmxRequest } from "./htmx-request.ts";

/** Anything that JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Options of `HX-Location`. */
export interface LocationOptions {
  readonly path: string;
  readonly target?: string;
  readonly select?: string;
  readonly swap?: Swap;
  /** Replaces the history entry instead of adding one. */
  readonly replace?: "true";
}

/**
 * Redirects to another page: htmx with `HX-Redirect` (a full navigation, with a new head and session), others with 303. Throws
 * `HTML_UNSAFE_PATH` (400) unless `path` is a path on this site. Its query may contain what a visitor typed, encoded or not.
 */
export function redirectTo(c: Context, path: string): Response {
  if (readHtmxRequest(c).isHtmx) return hxRedirect(c, path);
  return c.redirect(checkLocalPath("Location", path), 303);
}

/** An empty response that makes htmx navigate to `path`. Use the status 401 if the visitor must log in first. */
export function hxRedirect(c: Context, path: string, status: 200 | 401 = 200): Response {
  c.header("HX-Redirect", checkLocalPath("HX-Redirect", path));
  return c.body(null, status);
}

/** An empty response that makes htmx fetch `path` and put it into the body (or into `target`), with a history entry. */
export function hxLocation(c: Context, to: string | LocationOptions): Response {
  const options = typeof to === "string" ? { path: to } : to;
  for (const selector of [options.target, options.select]) if (selector !== undefined) checkSelector(selector);
  const checked = { ...options, path: checkLocalPath("HX-Location", options.path) };
  // htmx 4.0.1 reads what follows a comma as options, with a path, target and swap of their own.
  const isPlain = typeof to === "string" && !checked.path.includes(",");
  c.header("HX-Location", isPlain ? checked.path : asciiJson(checked));
  return c.body(null, 200);
}

/** An empty response that makes htmx reload the page. */
export function hxRefresh(c: Context): Response {
  c.header("HX-Refresh", "true");
  return c.body(null, 200);
}

/** Triggers events in the page: one name, or names with details. Throws `HTML_INVALID_EVENT_NAME` (400). */
export function hxTrigger(c: Context, events: string | Readonly<Record<string, Json>>): void {
  const names = typeof events === "string" ? [events] : Object.keys(events);
  for (const name of names) if (!/^[\w.:-]+$/.test(name)) throw invalidEventName({ name });
  c.header("HX-Trigger", typeof events === "string" ? events : asciiJson(events));
}

/**
 * Puts the response into the element that matches `selector` instead of the target of the request. Throws `HTML_SELECTOR_IMPOSSIBLE` if
 * it can't be a selector.
 */
export function hxRetarget(c: Context, selector: string): void {
  c.header("HX-Retarget", checkSelector(checkHeaderValue("HX-Retarget", selector)));
}

/** Overrides the swap style of the request; `none` swaps only partials and out-of-band elements. */
export function hxReswap(c: Context, swap: Swap): void {
  c.header("HX-Reswap", checkHeaderValue("HX-Reswap", swap));
}

/** Uses only the part of the response that matches `selector`. */
export function hxReselect(c: Context, selector: string): void {
  c.header("HX-Reselect", checkSelector(checkHeaderValue("HX-Reselect", selector)));
}

/** Puts `path` in the address bar with a new history entry; `false` keeps a boosted form from doing so. */
export function hxPushUrl(c: Context, path: string | false): void {
  c.header("HX-Push-Url", path === false ? "false" : checkLocalPath("HX-Push-Url", path));
}

/** Puts `path` in the address bar without a history entry. */
export function hxReplaceUrl(c: Context, path: string | false): void {
  c.header("HX-Replace-Url", path === false ? "false" : checkLocalPath("HX-Replace-Url", path));
}

/** The path, ready for a header. Spaces are encoded, and in the query anything: it often has what a visitor typed. */
function checkLocalPath(header: string, path: string): string {
  const [, start = "", query = ""] = /^([^?#]*)(.*)$/s.exec(path) ?? [];
  const encoded = start.replaceAll(" ", "%20") + query.replace(/[ \\\p{Cc}\p{Zl}\p{Zp}]/gu, encodeURIComponent);
  const local = parseLocalPath(encoded);
  if (local === null) throw unsafePath({ header, path });
  return local;
}

/** A line break could start another header. */
function checkHeaderValue(header: string, value: string): string {
  if (!/^[\x20-\x7e]*$/.test(value)) throw unsafeHeaderValue({ header, value });
  return value;
}

/** JSON in printable ASCII, since header values are bytes, not text. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

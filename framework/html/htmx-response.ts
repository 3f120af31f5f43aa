import type { Context } from "hono";
import { parseLocalPath } from "../base/index.ts";
import { invalidEventName, unsafeHeaderValue, unsafePath } from "./errors.ts";
import { readHtmxRequest } from "./htmx-request.ts";
import type { Swap } from "./swap-style.ts";

/** Anything that JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Options of `HX-Location` beside its path. */
export interface LocationOptions {
  readonly path: string;
  readonly target?: string;
  readonly select?: string;
  readonly swap?: Swap;
}

/**
 * Sends the browser to another page whoever asks: htmx by `HX-Redirect` (a real navigation, fresh head and session), everybody
 * else by 303. `path` must be a path on this site; throws `HTML_UNSAFE_PATH` otherwise.
 */
export function redirectTo(c: Context, path: string): Response {
  if (readHtmxRequest(c).isHtmx) return hxRedirect(c, path);
  return c.redirect(checkLocalPath("Location", path), 303);
}

/** An empty answer that makes htmx load `path` as a real navigation. `status` is 200, or 401 when the visitor must log in first. */
export function hxRedirect(c: Context, path: string, status: 200 | 401 = 200): Response {
  c.header("HX-Redirect", checkLocalPath("HX-Redirect", path));
  return c.body(null, status);
}

/** An empty answer that makes htmx fetch `path` and put it into the body (or into `target`), with a history entry. */
export function hxLocation(c: Context, to: string | LocationOptions): Response {
  const options = typeof to === "string" ? { path: to } : to;
  const checked = { ...options, path: checkLocalPath("HX-Location", options.path) };
  c.header("HX-Location", typeof to === "string" ? checked.path : asciiJson(checked));
  return c.body(null, 200);
}

/** An empty answer that makes htmx reload the page. */
export function hxRefresh(c: Context): Response {
  c.header("HX-Refresh", "true");
  return c.body(null, 200);
}

/** Fires events in the page once the answer is there: one name, or names with their details. Throws `HTML_INVALID_EVENT_NAME`. */
export function hxTrigger(c: Context, events: string | Readonly<Record<string, Json>>): void {
  const names = typeof events === "string" ? [events] : Object.keys(events);
  for (const name of names) if (!/^[\w.:-]+$/.test(name)) throw invalidEventName({ name });
  c.header("HX-Trigger", typeof events === "string" ? events : asciiJson(events));
}

/** Puts the answer into the element that `selector` names instead of the request's own target. */
export function hxRetarget(c: Context, selector: string): void {
  c.header("HX-Retarget", checkHeaderValue("HX-Retarget", selector));
}

/** Overrides the request's swap style; `none` shows nothing but partials and out-of-band pieces. */
export function hxReswap(c: Context, swap: Swap): void {
  c.header("HX-Reswap", checkHeaderValue("HX-Reswap", swap));
}

/** Takes only the part of the answer that `selector` names. */
export function hxReselect(c: Context, selector: string): void {
  c.header("HX-Reselect", checkHeaderValue("HX-Reselect", selector));
}

/** Puts `path` into the browser's bar with a new history entry; `false` keeps a boosted form from doing so. */
export function hxPushUrl(c: Context, path: string | false): void {
  c.header("HX-Push-Url", path === false ? "false" : checkLocalPath("HX-Push-Url", path));
}

/** Puts `path` into the browser's bar without a history entry. */
export function hxReplaceUrl(c: Context, path: string | false): void {
  c.header("HX-Replace-Url", path === false ? "false" : checkLocalPath("HX-Replace-Url", path));
}

/** The path, ready for a header. A space is encoded rather than refused: it is a slip of the developer, not an attack. */
function checkLocalPath(header: string, path: string): string {
  const local = parseLocalPath(path.replaceAll(" ", "%20"));
  if (local === null) throw unsafePath({ header, path });
  return local;
}

/** A second line would be a header of its own. */
function checkHeaderValue(header: string, value: string): string {
  if (!/^[\x20-\x7e]*$/.test(value)) throw unsafeHeaderValue({ header, value });
  return value;
}

/** JSON in printable ASCII, since header values are bytes and not text. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

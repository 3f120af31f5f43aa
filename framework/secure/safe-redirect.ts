import { parseAppUrl } from "./parse-app-url.ts";

const maxLength = 2048;

/**
 * The path to go to after a form, from a value that a link may have carried: path, query and fragment on our own origin, or
 * `/` for everything else. Refused are other origins however they are written: `//`, backslashes, control characters and
 * spaces, encoded slashes at the start, and paths that only become `//` when dots are resolved.
 */
export function safeRedirect(next: unknown, appUrl: string): string {
  if (typeof next !== "string" || next.length > maxLength || !isPlainPath(next)) return "/";
  const base = parseAppUrl(appUrl);
  if (!URL.canParse(next, base.origin)) return "/";
  const url = new URL(next, base.origin);
  const path = url.pathname + url.search + url.hash;
  return url.origin === base.origin && isPlainPath(path) ? path : "/";
}

function isPlainPath(path: string): boolean {
  if (!path.startsWith("/") || /^\/(?:\/|%2f|%5c)/i.test(path)) return false;
  for (let index = 0; index < path.length; index++) if (isForbidden(path.charCodeAt(index))) return false;
  return true;
}

/** The URL parser drops tabs and line breaks and reads a backslash as a slash (WHATWG URL, 4.4), so neither may occur at all. */
function isForbidden(code: number): boolean {
  return code <= 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0x5c || code === 0x2028 || code === 0x2029;
}

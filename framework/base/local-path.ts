/** Only a base to resolve against; nothing is ever sent to it. */
const site = "https://site.invalid";

/** The URL parser drops tabs and newlines and reads a backslash as a slash (WHATWG URL, 4.4), so none of them may appear. */
const forbidden = /[ \\\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * The one check against open redirects. Returns the path, query and fragment the way a browser resolves them, in printable ASCII, or
 * null if they could lead to another site: anything but a single slash at the start, even after resolving dots or decoding `%2f`.
 */
export function parseLocalPath(path: string): string | null {
  if (!path.startsWith("/") || path.startsWith("//") || forbidden.test(path)) return null;
  const { origin, pathname, search, hash } = new URL(path, site);
  return origin === site && isLocalWhenDecoded(pathname) ? pathname + search + hash : null;
}

/**
 * Path and query of a full URL, such as a `Referer`, as a path on this site; null if there is no such path. The host is dropped, or
 * must be that of `ownUrl` if you pass one.
 */
export function localPathOf(url: string | null | undefined, ownUrl?: string): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { origin, pathname, search } = new URL(url);
  if (ownUrl !== undefined && origin !== new URL(ownUrl).origin) return null;
  return parseLocalPath(pathname + search);
}

/** Some proxies and routers decode a path before they use it. */
function isLocalWhenDecoded(pathname: string): boolean {
  try {
    const decoded = decodeURIComponent(pathname);
    return !/^\/[/\\]/.test(decoded) && !/\p{Cc}/u.test(decoded);
  } catch {
    return false;
  }
}

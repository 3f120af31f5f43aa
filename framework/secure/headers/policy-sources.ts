/** The sources of a directive in the value of a Content-Security-Policy header; undefined if it isn't there. */
export function sourcesOf(policy: string, directive: string): readonly string[] | undefined {
  const found = policy
    .split(";")
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name?.toLowerCase() === directive);
  return found?.slice(1);
}

/** Whether one of these sources allows a URL (CSP 3, section 6.7.2, without paths). `own` is the origin of the page. */
export function allowsUrl(sources: readonly string[], url: URL, own: string): boolean {
  return sources.some((source) => matches(source.toLowerCase(), url, own));
}

function matches(source: string, url: URL, own: string): boolean {
  if (source === "*") return /^https?:$/.test(url.protocol);
  if (source === "'self'") return url.origin === own;
  if (/^[a-z][a-z0-9+.-]*:$/.test(source)) return url.protocol === source;
  const [, scheme, host = "", port] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(?:\/.*)?$/.exec(source) ?? [];
  if (host === "" || (scheme !== undefined && `${scheme}:` !== url.protocol)) return false;
  if (port !== "*" && (port ?? "") !== url.port) return false;
  return host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
}

/** Headers by name, as `writeHead` takes them. */
export type HeaderRecord = Readonly<Record<string, string>>;

const streamHeaderValues: HeaderRecord = {
  "Content-Type": "text/event-stream; charset=utf-8",
  // no-transform keeps compressing proxies away (RFC 9111, section 5.2.2.6).
  "Cache-Control": "no-cache, no-store, no-transform",
  // nginx and proxies that follow its convention buffer responses by default.
  "X-Accel-Buffering": "no",
};

/** The headers of an event stream: the given ones (mostly security headers), overridden by those that make it a stream. */
export function streamHeaders(given: HeaderRecord | undefined, gzip: boolean): Record<string, string> {
  const names = new Set(Object.keys(streamHeaderValues).map((name) => name.toLowerCase()));
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given ?? {})) {
    if (!names.has(name.toLowerCase())) headers[name] = value;
  }
  Object.assign(headers, streamHeaderValues);
  // Proxies that compress despite no-transform (Caddy, nginx with gzip for all types) keep what they have until their buffer is full.
  // They leave alone what has an encoding, and for browsers `identity` is none.
  headers["Content-Encoding"] = gzip ? "gzip" : "identity";
  return headers;
}

import type { Context } from "hono";

/**
 * The headers of the response. `c.header()` won't do: after `next()` it creates a second response, and @hono/node-server 2 then writes
 * a second head onto a stream that has already started. Responses of `fetch` and `Response.redirect` have immutable headers.
 */
export function writableHeaders(c: Context): Headers {
  try {
    c.res.headers.delete("X-Powered-By");
    return c.res.headers;
  } catch {
    c.res = new Response(c.res.body, c.res);
    return c.res.headers;
  }
}

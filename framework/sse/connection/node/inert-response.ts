import type { ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";

/**
 * Makes a response deaf whose stream was taken over. Middleware that sets a header after `next()` has node-server write a second
 * head (ERR_HTTP_HEADERS_SENT, and an error text into the stream); a deaf response lets that pass without effect.
 */
export function inertResponse(outgoing: ServerResponse | Http2ServerResponse): void {
  for (const method of ["writeHead", "write", "end", "destroy", "flushHeaders"]) Reflect.set(outgoing, method, ignore);
}

function ignore(this: ServerResponse | Http2ServerResponse): ServerResponse | Http2ServerResponse {
  return this;
}

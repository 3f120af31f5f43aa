import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Context } from "hono";

/** What @hono/node-server puts in `c.env`. */
export interface NodeBindings {
  readonly incoming: IncomingMessage | Http2ServerRequest;
  readonly outgoing: ServerResponse | Http2ServerResponse;
}

/** Node's request and response behind a Hono context, or null on any other runtime and in `app.request()`. */
export function readNodeBindings(c: Context): NodeBindings | null {
  const env: unknown = c.env;
  if (typeof env !== "object" || env === null || !("outgoing" in env) || !("incoming" in env)) return null;
  const { outgoing } = env;
  if (typeof outgoing !== "object" || outgoing === null || !("writeHead" in outgoing)) return null;
  // Checked above as far as possible: only node-server sets both names, and only an outgoing message has writeHead.
  return env as unknown as NodeBindings;
}

import type { Context } from "hono";
import { isRecord } from "../../base/index.ts";

/**
 * The address at the other end of the connection, from what the server passes in `c.env`: Node's request (@hono/node-server, `serve`),
 * Bun's server (`Bun.serve({ fetch: app.fetch })`) or Deno's information about the connection (`Deno.serve(app.fetch)`). `unknown` where
 * there is none, as in `app.request()`.
 */
export function socketAddress(c: Context): string {
  const env: unknown = c.env;
  if (!isRecord(env)) return "unknown";
  const address = fromNode(env) ?? fromBun(env, c.req.raw) ?? fromDeno(env);
  return typeof address === "string" ? address : "unknown";
}

function fromNode({ incoming }: Record<string, unknown>): unknown {
  return isRecord(incoming) && isRecord(incoming.socket) ? incoming.socket.remoteAddress : undefined;
}

/** Hono's own convention for Bun: the server itself, or in a field. */
function fromBun(env: Record<string, unknown>, request: Request): unknown {
  const server = isRecord(env.server) ? env.server : env;
  const found: unknown = typeof server.requestIP === "function" ? server.requestIP(request) : undefined;
  return isRecord(found) ? found.address : undefined;
}

function fromDeno({ remoteAddr }: Record<string, unknown>): unknown {
  return isRecord(remoteAddr) ? remoteAddr.hostname : undefined;
}

import type { Context } from "hono";
import type { Connection } from "./connection.ts";
import { GzipConnection } from "./gzip-connection.ts";
import { readNodeBindings } from "./node/node-bindings.ts";
import { openNodeConnection } from "./node/node-connection.ts";
import { type HeaderRecord, streamHeaders } from "./stream-headers.ts";
import { openWebConnection } from "./web-connection.ts";

export interface OpenOptions {
  /** Security headers: what middleware sets after `next()` does not reach a raw stream. */
  readonly headers?: HeaderRecord;
  /** Compress if the client accepts gzip. Default: false. */
  readonly gzip?: boolean;
  /** Keep the request in memory so that `c.req.raw.signal` fires. Default: false. */
  readonly keepsRequest?: boolean;
}

/** Starts the event stream of this request, on Node or any other runtime. The headers are sent at once. */
export function openConnection(c: Context, options: OpenOptions = {}): Connection {
  const gzip = options.gzip === true && acceptsGzip(c.req.header("accept-encoding"));
  const headers = streamHeaders(options.headers, gzip);
  const bindings = readNodeBindings(c);
  const connection =
    bindings === null
      ? openWebConnection(c.req.raw, headers)
      : openNodeConnection(bindings, headers, options.keepsRequest);
  return gzip ? new GzipConnection(connection) : connection;
}

function acceptsGzip(accepted: string | undefined): boolean {
  return accepted !== undefined && /(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0+)?\s*(?:,|$))/i.test(accepted);
}

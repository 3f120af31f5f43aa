import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { defaultHost, defaultPort } from "../base/index.ts";
import { cannotListen, portTaken } from "./errors.ts";
import type { Kit } from "./kit.ts";

export interface ServeOptions {
  /** TCP port; 0 picks a free one. Default: 3000. */
  readonly port?: number;
  /** Address to listen on. Default: `127.0.0.1`. */
  readonly host?: string;
  /** How long requests and jobs in progress may take to finish after a stop signal. Default: 30,000 ms. */
  readonly graceMs?: number;
}

export interface RunningServer {
  /** The server's address, e.g. `http://localhost:3000`. */
  readonly url: string;
  readonly port: number;
  /** Accepts no new connections, ends the streams, lets requests in progress finish within the grace period, then closes the kit. */
  close(): Promise<void>;
}

// A slow or silent client must not hold a connection: headers within 10 s, the whole request within 30 s, checked every 2 s.
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
};

const warmUpAfterMs = 3_000;

/**
 * Starts an HTTP server with timeouts against slow clients. Once this resolves, the server accepts requests.
 * Throws `KIT_PORT_TAKEN` if the port is already in use, and
 * `KIT_CANNOT_LISTEN` if the address isn't one of this machine's, or the port isn't allowed.
 */
export async function serve(app: Hono, kit: Kit, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = defaultPort, host = defaultHost, graceMs = 30_000 } = options;
  const server = createAdaptorServer({ fetch: app.fetch, createServer, serverOptions: limits });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? portTaken({ port }) : cannotListen({ host, port, cause: error }));
    });
    server.listen(port, host, resolve);
  });
  // Loads the code that renders mails before the first mail needs it, but not while the first visitors are waiting.
  const warmUp = kit.dev ? undefined : setTimeout(() => void kit.mail.warmUp(), warmUpAfterMs).unref();
  const address = server.address() as AddressInfo; // a listening TCP server has an address with a port
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    clearTimeout(warmUp);
    kit.drain();
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    await kit.broker.close();
    const deadline = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), graceMs);
    await ended;
    clearTimeout(deadline);
    await kit.close();
  }

  return {
    port: address.port,
    url: `http://${["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host) ? "localhost" : host}:${address.port}`,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

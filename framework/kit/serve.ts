import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { defaultHost, defaultPort } from "../base/index.ts";
import { portTaken } from "./errors.ts";
import type { Kit } from "./kit.ts";

export interface ServeOptions {
  /** TCP port; 0 takes any free one. 3000 unless given. */
  readonly port?: number;
  /** Address to listen on; `127.0.0.1` unless given. */
  readonly host?: string;
  /** How long requests and jobs in flight may take after a signal to end; 30,000 ms unless given. */
  readonly graceMs?: number;
}

export interface RunningServer {
  /** Where the server answers, e.g. `http://localhost:3000`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new connections, ends the streams, finishes what is in flight within the grace time, then closes the kit. */
  close(): Promise<void>;
}

// A slow or silent client must not hold a connection: a request's head within 10 s, the whole request within 30 s, looked at every 2 s.
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
};

const warmUpAfterMs = 3_000;

/**
 * Listens over HTTP with time-outs that withstand slow clients. The first request already succeeds when this resolves.
 * Throws `KIT_PORT_TAKEN` when another program listens there.
 */
export async function serve(app: Hono, kit: Kit, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = defaultPort, host = defaultHost, graceMs = 30_000 } = options;
  const server = createAdaptorServer({ fetch: app.fetch, createServer, serverOptions: limits });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? portTaken({ port }) : error);
    });
    server.listen(port, host, resolve);
  });
  // The first mail would otherwise wait for the code that renders it; loading it at once would make the first visitors wait.
  const warmUp = kit.dev ? undefined : setTimeout(() => void kit.mail.warmUp(), warmUpAfterMs).unref();
  const address = server.address() as AddressInfo; // a TCP server that listens has an address with a port
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    clearTimeout(warmUp);
    kit.drain();
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    await kit.broker.close();
    const patience = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), graceMs);
    await ended;
    clearTimeout(patience);
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

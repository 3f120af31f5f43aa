import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { defaultHost, defaultPort } from "../base/index.ts";
import { Connections } from "./connections.ts";
import { cannotListen, portTaken } from "./errors.ts";
import type { Kit } from "./kit.ts";
import { createTurnTakingServer } from "./pipelined-requests.ts";
import { stopServing } from "./stop-serving.ts";

export interface ServeOptions {
  /** TCP port; 0 picks a free one. Default: 3000. */
  readonly port?: number;
  /** Address to listen on. Default: `127.0.0.1`. */
  readonly host?: string;
  /**
   * How long stopping takes at most, whatever hangs. Requests and jobs in progress may take all of it except the last quarter, 2 to
   * 5 seconds, in which the services are closed. Default: 30,000 ms.
   */
  readonly graceMs?: number;
  /**
   * How long the server still accepts connections after a stop signal, while `/readyz` already fails, so that load balancers stop
   * sending requests before the port closes. Default: 2,000 ms; in development 0.
   */
  readonly lameDuckMs?: number;
  /**
   * How long an idle connection stays open. It must be longer than the proxy in front keeps its own end. Default: 125,000 ms, more
   * than nginx (60 s), AWS (60 s) and Caddy (120 s).
   */
  readonly keepAliveMs?: number;
  /**
   * How long a client may take to send a whole request: longer for large uploads over slow connections. Its header may take 10 seconds of
   * that. Default: 30,000 ms, also for 0.
   */
  readonly requestTimeoutMs?: number;
}

export interface RunningServer {
  /** The server's address, e.g. `http://localhost:3000`. */
  readonly url: string;
  readonly port: number;
  /**
   * Lets `/readyz` fail, takes no new jobs, accepts no new connections once `lameDuckMs` are over, finishes requests and jobs, ends the
   * streams, then closes the kit. Takes `graceMs` at most, or 2 seconds if that is longer. Rejects if something failed to close or
   * took too long.
   */
  close(): Promise<void>;
}

// A slow or silent client must not hold a connection: headers within 10 s, the whole request in time too, checked every 2 s.
const limits = {
  headersTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
};

const standardRequestMs = 30_000;
const warmUpAfterMs = 3_000;

/**
 * Starts an HTTP server with timeouts against slow clients. Once this resolves, the server accepts requests.
 * Throws `KIT_PORT_TAKEN` if the port is already in use, and
 * `KIT_CANNOT_LISTEN` if the address isn't one of this machine's, or the port isn't allowed.
 */
export async function serve(app: Hono, kit: Kit, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = defaultPort, host = defaultHost, graceMs = 30_000, keepAliveMs = 125_000 } = options;
  const { lameDuckMs = kit.dev ? 0 : 2_000 } = options;
  const requestTimeout = options.requestTimeoutMs || standardRequestMs;
  const headersTimeout = Math.min(limits.headersTimeout, requestTimeout);
  const connections = new Connections();
  const { ServerResponse } = connections;
  const serverOptions = { ...limits, headersTimeout, requestTimeout, keepAliveTimeout: keepAliveMs, ServerResponse };
  const server = createTurnTakingServer(serverOptions, getRequestListener(app.fetch));
  connections.watch(server);
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

  return {
    port: address.port,
    url: `http://${["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host) ? "localhost" : host}:${address.port}`,
    close() {
      clearTimeout(warmUp);
      closing ??= stopServing({ kit, server, connections, graceMs, lameDuckMs });
      return closing;
    },
  };
}

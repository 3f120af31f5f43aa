import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createHttp2Server, type Http2Server } from "node:http2";
import { connect, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

/** A running server for a test. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves an app on a free loopback port, over HTTP/1.1 or cleartext HTTP/2. */
export async function serveForTest(app: Hono, protocol: "http1" | "http2" = "http1"): Promise<TestServer> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server: Server | Http2Server = protocol === "http1" ? createServer(listener) : createHttp2Server(listener);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const stop = async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, port, stop };
}

/** Sends a GET over a raw socket and doesn't read the response. */
export async function openSocket(port: number, path: string, version = "1.1"): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`GET ${path} HTTP/${version}\r\nHost: 127.0.0.1\r\n\r\n`);
  return socket;
}

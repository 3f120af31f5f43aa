import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { type Broker, createBroker, createLogger } from "buffkit";
import { Hono } from "hono";
import { StreamClient } from "./stream-client.ts";

/** A broker alone, on a real HTTP server, with real clients. */
export class BrokerRig {
  readonly broker: Broker;
  readonly clients: StreamClient[] = [];
  readonly logLines: string[];
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  readonly #url: string;

  private constructor(parts: { broker: Broker; server: Server; sockets: Socket[]; logLines: string[]; url: string }) {
    this.broker = parts.broker;
    this.logLines = parts.logLines;
    this.#server = parts.server;
    this.#sockets = parts.sockets;
    this.#url = parts.url;
  }

  static async start(heartbeatMs = 25_000): Promise<BrokerRig> {
    const logLines: string[] = [];
    const log = createLogger({ destination: { write: (line: string) => void logLines.push(line) } });
    const broker = createBroker({ heartbeatMs, log });
    await broker.ready;
    const app = new Hono().get("/events", broker.handler);
    const server = createAdaptorServer({ fetch: app.fetch, createServer }) as Server; // node:http makes it, as the options say
    const sockets: Socket[] = [];
    server.on("connection", (socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // it listens on TCP
    return new BrokerRig({ broker, server, sockets, logLines, url: `http://127.0.0.1:${port}/events` });
  }

  /** One more client; resolves when the broker has greeted it. */
  async register(): Promise<StreamClient> {
    const client = await StreamClient.connect(this.#url);
    await client.event("bk:hello");
    this.clients.push(client);
    return client;
  }

  /** Makes every later write to this client fail, as a network card that gave up would. */
  breakClient(index: number): void {
    const socket = this.#sockets[index];
    if (!socket) throw new RangeError(`there is no client ${index}`);
    socket._write = (_chunk, _encoding, done) => done(new Error("write EIO"));
    socket._writev = (_chunks, done) => done(new Error("write EIO"));
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.leave();
    await this.broker.close();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { type Broker, createBroker, createLogger } from "buffkit";
import { Hono } from "hono";
import { listenLocally } from "../listen.ts";
import { StreamClient } from "../stream-client.ts";

/** A broker without an app, on a real HTTP server with real clients. */
export class BrokerServer {
  readonly broker: Broker;
  readonly clients: StreamClient[] = [];
  readonly logLines: readonly string[];
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  #url = "";

  private constructor(broker: Broker, logLines: readonly string[]) {
    this.broker = broker;
    this.logLines = logLines;
    this.#server = createServer(getRequestListener(new Hono().get("/events", broker.handler).fetch));
    this.#server.on("connection", (socket) => void this.#sockets.push(socket));
  }

  static async start(heartbeatMs = 25_000): Promise<BrokerServer> {
    const logLines: string[] = [];
    const log = createLogger({ destination: { write: (line: string) => void logLines.push(line) } });
    const broker = createBroker({ heartbeatMs, log });
    await broker.ready;
    const started = new BrokerServer(broker, logLines);
    started.#url = `http://127.0.0.1:${await listenLocally(started.#server)}/events`;
    return started;
  }

  /** Connects clients one after another, because `breakClient` finds a client's socket by its position. */
  async register(count = 1): Promise<void> {
    for (let index = 0; index < count; index++) {
      const client = await StreamClient.connect(this.#url);
      await client.event("bk:hello");
      this.clients.push(client);
    }
  }

  /** Makes all further writes to this client fail, as a broken network card would. */
  breakClient(index: number): void {
    const socket = this.#sockets[index];
    if (!socket) throw new RangeError(`There is no client ${index}.`);
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

import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningServer } from "../harness/running-server.ts";
import { type BroadcastRequest, formatBroadcastRequest } from "../servers/broadcast-request.ts";
import { ReconnectingReader } from "./reconnecting-reader.ts";
import { Visitor } from "./visitor.ts";

const steadyReaders = 100;
const slowReaders = 10;
const churnLanes = 4;
const openForMs = 200;
const slowForMs = 8000;

/** Readers that come and go, readers that stop reading, and broadcasts, all at once, until `stop`. */
export class Traffic {
  readonly #server: RunningServer;
  readonly #stopping = new AbortController();
  readonly #work: Promise<void>[] = [];
  readonly #steady: ReconnectingReader[] = [];
  #ordered = 0;
  /** Streams opened and closed so far. */
  cycles = 0;

  constructor(server: RunningServer) {
    this.#server = server;
  }

  async start(): Promise<void> {
    setMaxListeners(0, this.#stopping.signal);
    const opening = Array.from({ length: steadyReaders }, () => ReconnectingReader.open(this.#server.port));
    this.#steady.push(...(await Promise.all(opening)));
    for (let lane = 0; lane < churnLanes; lane++) this.#work.push(this.#churn());
    for (let lane = 0; lane < slowReaders; lane++) this.#work.push(this.#dawdle());
    this.#work.push(this.#broadcast());
  }

  /** Stops everything; returns how many events the steady readers missed or received twice. */
  async stop(): Promise<number> {
    this.#stopping.abort();
    await Promise.all(this.#work);
    for (let wait = 0; wait < 50 && this.#missed() > 0; wait++) await sleep(100);
    const missed = this.#missed();
    for (const reader of this.#steady) reader.close();
    return missed;
  }

  /** How often the steady readers' streams ended and were resumed. */
  get returns(): number {
    return this.#steady.reduce((sum, reader) => sum + reader.returns, 0);
  }

  #missed(): number {
    return this.#steady.reduce((sum, reader) => sum + Math.abs(this.#ordered - reader.events), 0);
  }

  async #churn(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const visitor = await Visitor.open(this.#server.port);
      await this.#pause(openForMs * Math.random());
      visitor.close();
      this.cycles += 1;
    }
  }

  async #dawdle(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const visitor = await Visitor.open(this.#server.port);
      visitor.stall();
      await this.#pause(slowForMs);
      visitor.close();
    }
  }

  /** Mostly small events at a steady rate, and now and then a flood that stalled readers can't take. */
  async #broadcast(): Promise<void> {
    for (let round = 0; !this.#stopping.signal.aborted; round++) {
      const request =
        round % 5 === 4
          ? { events: 300, rate: 300, size: 32_768, burst: 1 }
          : { events: 100, rate: 100, size: 500, burst: 1 };
      this.#ordered += request.events;
      await place(this.#server, request);
      await sleep(1500); // not cut short: the server finishes a request that it has accepted
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

/** Fills the log of recent events to its limit of 32 MiB: until then, memory is expected to grow. */
export async function fillLog(server: RunningServer): Promise<void> {
  const visitor = await Visitor.open(server.port);
  const request = { events: 1500, rate: 500, size: 32_768, burst: 1 };
  await place(server, request);
  for (let wait = 0; wait < 200 && visitor.events < request.events; wait++) await sleep(100);
  visitor.close();
}

/** Makes the server broadcast. Uses a new connection each time: the server may close a kept one just when it is used. */
async function place(server: RunningServer, request: BroadcastRequest): Promise<void> {
  const url = `http://127.0.0.1:${server.port}${formatBroadcastRequest(request)}`;
  const response = await fetch(url, { method: "POST", headers: { connection: "close" } });
  await response.arrayBuffer();
}

/** Opens and closes this many streams, some at a time. */
export async function cycle(server: RunningServer, count: number): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) (await Visitor.open(server.port)).close();
  };
  await Promise.all(Array.from({ length: 16 }, lane));
}

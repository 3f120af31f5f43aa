import { type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import { EventCounter } from "./event-counter.ts";
import type { LoadOrder } from "./load-order.ts";

const atOnce = 64;

/** The streams of one load run, and what they have received. Closed by `close`. */
export class LoadRun {
  readonly #order: Required<LoadOrder>;
  readonly #responses: IncomingMessage[] = [];
  readonly #gone = new AbortController();
  readonly delaysMs: number[] = [];
  refused = 0;
  closedEarly = 0;
  stalledClosed = 0;
  stalledDeliveries = 0;
  deliveries = 0;
  otherEvents = 0;
  bytes = 0;
  finished = 0;
  firstAt = 0n;
  lastAt = 0n;

  constructor(order: Required<LoadOrder>) {
    this.#order = order;
  }

  get connected(): number {
    return this.#responses.length;
  }

  get done(): boolean {
    return this.finished + this.closedEarly >= this.#order.connections - this.#order.stalled;
  }

  /** Opens all streams; resolves when each has its response head. */
  async connect(): Promise<void> {
    let next = 0;
    const lane = async () => {
      while (next < this.#order.connections) await this.#open(next++);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  /** Forgets what came before the trigger, stops the stalled streams, and fires. */
  async fire(): Promise<void> {
    this.deliveries = 0;
    this.otherEvents = 0;
    this.bytes = 0;
    for (const response of this.#responses.slice(0, this.#order.stalled)) response.pause();
    if (this.#order.trigger !== "") await this.#post(this.#order.trigger);
  }

  /** Resolves when all is there, or the order's limit or its quiet time is over. */
  async finish(firedAt: bigint): Promise<void> {
    const limitAt = firedAt + seconds(this.#order.limit);
    while (!this.done && this.#order.trigger !== "") {
      await sleep(5);
      const now = process.hrtime.bigint();
      const newsAt = this.lastAt === 0n ? firedAt : this.lastAt;
      if (now > limitAt || now - newsAt > seconds(this.#order.quiet)) return;
    }
  }

  close(): void {
    this.#gone.abort();
    for (const response of this.#responses) response.destroy();
  }

  async #open(index: number): Promise<void> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const { port, path } = this.#order;
      const headers = { accept: "text/event-stream", ...parseHeader(this.#order.header) };
      request({ host: "127.0.0.1", port, path, headers, agent: false }, resolve).on("error", reject).end();
    });
    if (response.statusCode !== 200) this.refused += 1;
    this.#responses.push(response);
    this.#read(response, index < this.#order.stalled);
  }

  #read(response: IncomingMessage, isStalled: boolean): void {
    let events = 0;
    const counter = new EventCounter({
      stamped: (madeAt) => {
        events += 1;
        if (isStalled) this.stalledDeliveries += 1;
        else this.#count(madeAt, events === this.#order.events);
      },
      other: () => {
        this.otherEvents += 1;
      },
    });
    response.on("data", (bytes: Buffer) => {
      this.bytes += bytes.length;
    });
    const body = response.headers["content-encoding"] === "gzip" ? response.pipe(createGunzip()) : response;
    body.on("data", (bytes: Buffer) => counter.take(bytes));
    body.on("error", () => response.destroy());
    response.on("error", () => undefined);
    response.on("close", () => this.#noteClose(isStalled, events));
  }

  #count(madeAt: bigint, isLast: boolean): void {
    this.lastAt = process.hrtime.bigint();
    if (this.firstAt === 0n) this.firstAt = this.lastAt;
    this.deliveries += 1;
    if (isLast) this.finished += 1;
    if (this.#order.latency === 1) this.delaysMs.push(Number(this.lastAt - madeAt) / 1e6);
  }

  #noteClose(isStalled: boolean, events: number): void {
    if (this.#gone.signal.aborted) return;
    if (isStalled) this.stalledClosed += 1;
    else if (events < this.#order.events) this.closedEarly += 1;
  }

  async #post(path: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.#order.port, path, method: "POST", agent: false };
      const outgoing = request(options, (response) => response.resume()).on("error", reject);
      outgoing.end(resolve);
    });
  }
}

function seconds(value: number): bigint {
  return BigInt(Math.round(value * 1e9));
}

function parseHeader(line: string): Record<string, string> {
  const colon = line.indexOf(":");
  return colon === -1 ? {} : { [line.slice(0, colon).trim()]: line.slice(colon + 1).trim() };
}

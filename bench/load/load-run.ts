import { type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import { EventCounter } from "./event-counter.ts";
import type { LoadOptions } from "./load-options.ts";

const atOnce = 64;

/** The streams of one load run, and what they have received. Closed by `close`. */
export class LoadRun {
  readonly #options: Required<LoadOptions>;
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

  constructor(options: Required<LoadOptions>) {
    this.#options = options;
  }

  get connected(): number {
    return this.#responses.length;
  }

  get done(): boolean {
    return this.finished + this.closedEarly >= this.#options.connections - this.#options.stalled;
  }

  /** Opens all streams; resolves once each has its response head. */
  async connect(): Promise<void> {
    let next = 0;
    const lane = async () => {
      while (next < this.#options.connections) await this.#open(next++);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  /** Discards the counts from before the trigger, stops the stalled streams, and fires. */
  async fire(): Promise<void> {
    this.deliveries = 0;
    this.otherEvents = 0;
    this.bytes = 0;
    for (const response of this.#responses.slice(0, this.#options.stalled)) response.pause();
    if (this.#options.trigger !== "") await this.#post(this.#options.trigger);
  }

  /** Resolves when everything has arrived, or when the limit or the quiet time is over. */
  async finish(firedAt: bigint): Promise<void> {
    const limitAt = firedAt + seconds(this.#options.limit);
    while (!this.done && this.#options.trigger !== "") {
      await sleep(5);
      const now = process.hrtime.bigint();
      const newsAt = this.lastAt === 0n ? firedAt : this.lastAt;
      if (now > limitAt || now - newsAt > seconds(this.#options.quiet)) return;
    }
  }

  close(): void {
    this.#gone.abort();
    for (const response of this.#responses) response.destroy();
  }

  async #open(index: number): Promise<void> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const { port, path } = this.#options;
      const headers = { accept: "text/event-stream", ...parseHeader(this.#options.header) };
      request({ host: "127.0.0.1", port, path, headers, agent: false }, resolve).on("error", reject).end();
    });
    if (response.statusCode !== 200) this.refused += 1;
    this.#responses.push(response);
    this.#read(response, index < this.#options.stalled);
  }

  #read(response: IncomingMessage, isStalled: boolean): void {
    let events = 0;
    const counter = new EventCounter({
      stamped: (madeAt) => {
        events += 1;
        if (isStalled) this.stalledDeliveries += 1;
        else this.#count(madeAt, events === this.#options.events);
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
    if (this.#options.latency === 1) this.delaysMs.push(Number(this.lastAt - madeAt) / 1e6);
  }

  #noteClose(isStalled: boolean, events: number): void {
    if (this.#gone.signal.aborted) return;
    if (isStalled) this.stalledClosed += 1;
    else if (events < this.#options.events) this.closedEarly += 1;
  }

  async #post(path: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.#options.port, path, method: "POST", agent: false };
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

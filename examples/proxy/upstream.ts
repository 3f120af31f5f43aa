import { type SSEWriter, startSSE } from "buffkit";
import { Hono } from "hono";
import { pauseUnlessAborted } from "../every.ts";
import { readLastId } from "../read-last-id.ts";
import { sendWithBackpressure } from "../send-with-backpressure.ts";
import { readingNumber } from "./reading.ts";

export interface UpstreamOptions {
  /** The interval between two readings; 0 sends as fast as the reader accepts them. */
  readonly everyMs: number;
}

/** A small weather service for the proxy to relay. It sends to each reader only as fast as the reader accepts. */
export class Upstream {
  readonly app = new Hono();
  readonly #everyMs: number;
  readonly #readers = new Set<SSEWriter>();
  readonly #start = Date.now();
  #sent = 0;

  constructor({ everyMs }: UpstreamOptions) {
    this.#everyMs = everyMs;
    this.app.get("/readings", (c) => {
      const seen = readLastId(c);
      return startSSE(c).run((writer) => this.#read(writer, seen === undefined ? this.#newest : seen + 1));
    });
  }

  get status(): { readonly readers: number; readonly sent: number } {
    return { readers: this.#readers.size, sent: this.#sent };
  }

  /** Drops all connections, as networks do. */
  cut(): void {
    for (const writer of this.#readers) writer.close();
  }

  /** The number of the current reading. */
  get #newest(): number {
    return this.#everyMs === 0 ? 0 : Math.floor((Date.now() - this.#start) / this.#everyMs);
  }

  async #read(writer: SSEWriter, from: number): Promise<void> {
    this.#readers.add(writer);
    for (let index = from; writer.isActive; index += 1) {
      const due = this.#start + index * this.#everyMs;
      await pauseUnlessAborted(due - Date.now(), writer.signal);
      const data = JSON.stringify(readingNumber(index, new Date()));
      if (await sendWithBackpressure(writer, { id: String(index), event: "reading", data })) this.#sent += 1;
    }
    this.#readers.delete(writer);
  }
}

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { EventCounter } from "../load/event-counter.ts";

const request = "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n";
const openLimitMs = 10_000;

/** One stream of the soak test, on a bare socket so that thousands cost the client little. */
export class Visitor {
  readonly #socket: Socket;
  readonly #counter: EventCounter;
  /** Stamped events so far. */
  events = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const count = () => {
      this.events += 1;
    };
    // Chunk sizes are on their own lines between events, where they aren't part of an event.
    this.#counter = new EventCounter({ stamped: count, other: () => undefined });
    socket.on("data", (bytes: Buffer) => this.#counter.take(bytes));
    socket.on("error", () => socket.destroy());
  }

  /** Opens a stream, optionally after an event; resolves when the response starts. */
  static async open(port: number, after?: string): Promise<Visitor> {
    const socket = connect({ port, host: "127.0.0.1" });
    const visitor = new Visitor(socket);
    const position = after === undefined ? "" : `Last-Event-ID: ${after}\r\n`;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => socket.destroy(new Error("no answer")), openLimitMs);
      socket.once("connect", () => socket.write(`${request}${position}\r\n`));
      socket.once("data", () => resolve());
      socket.once("close", () => reject(new Error("closed before it answered")));
      socket.once("close", () => clearTimeout(timer));
      socket.once("data", () => clearTimeout(timer));
    });
    return visitor;
  }

  /** Stops reading; the stream stays open. */
  stall(): void {
    this.#socket.pause();
  }

  /** The id of the last complete event. */
  get lastId(): string | undefined {
    return this.#counter.lastId;
  }

  /** Resolves when the stream has ended, no matter which side ended it. */
  async gone(): Promise<void> {
    if (!this.#socket.closed) await once(this.#socket, "close");
  }

  close(): void {
    this.#socket.destroy();
  }
}

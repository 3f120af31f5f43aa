import { connect, type Socket } from "node:net";
import { EventCounter } from "../load/event-counter.ts";

const request = "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
const openLimitMs = 10_000;

/** One stream of the soak, on a bare socket so that thousands cost the client little. */
export class Visitor {
  readonly #socket: Socket;
  /** Stamped events so far. */
  events = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const count = () => {
      this.events += 1;
    };
    // Chunk sizes stand on lines of their own between events, where they are no field of an event.
    const counter = new EventCounter({ stamped: count, other: () => undefined });
    socket.on("data", (bytes: Buffer) => counter.take(bytes));
    socket.on("error", () => socket.destroy());
  }

  /** Opens a stream; resolves when the response begins. */
  static async open(port: number): Promise<Visitor> {
    const socket = connect({ port, host: "127.0.0.1" });
    const visitor = new Visitor(socket);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => socket.destroy(new Error("no answer")), openLimitMs);
      socket.once("connect", () => socket.write(request));
      socket.once("data", () => resolve());
      socket.once("close", () => reject(new Error("closed before it answered")));
      socket.once("close", () => clearTimeout(timer));
      socket.once("data", () => clearTimeout(timer));
    });
    return visitor;
  }

  /** Reads no more; the stream stays open. */
  stall(): void {
    this.#socket.pause();
  }

  /** Whether the server or the network has ended it. */
  get isGone(): boolean {
    return this.#socket.destroyed;
  }

  close(): void {
    this.#socket.destroy();
  }
}

import type { Logger } from "../base/index.ts";
import type { CloseReason, Connection } from "./connection/connection.ts";
import { type SSEEvent, serializeEvent, textPayload } from "./event/wire-format.ts";

/**
 * The result of sending an event. `sent` and `queued`: it will arrive, in order. The others mean it was not accepted. `full`: the
 * client reads too slowly; drop the event, await `drained()`, or close. `closed`: this side has closed. `lost`: the client is gone.
 */
export type SendStatus = "sent" | "queued" | "full" | "closed" | "lost";

export interface WriterOptions {
  readonly log: Logger;
  /** Bytes that may wait for a slow client before `full`. Events are accepted whole, so a single one may be larger. */
  readonly maxQueuedBytes: number;
  /** How often a comment is sent, so that proxies do not close a quiet stream; 0 for never. */
  readonly keepAliveMs: number;
}

/** One event stream, written by a handler. Its methods neither throw because of the client nor wait for it; they return what happened. */
export class SSEWriter {
  readonly #connection: Connection;
  readonly #options: WriterOptions;
  readonly #abort = new AbortController();
  readonly #waiting: (() => void)[] = [];
  readonly #timer: NodeJS.Timeout | undefined;
  #endedBy: CloseReason | undefined;
  #eventCount = 0;
  #isQueued = false;

  constructor(connection: Connection, options: WriterOptions) {
    this.#connection = connection;
    this.#options = options;
    connection.listener = { onDrain: () => this.#release(), onClose: (reason) => this.#end(reason) };
    if (connection.closed) this.#end("client");
    else if (options.keepAliveMs > 0)
      this.#timer = setInterval(() => this.sendKeepAlive(), options.keepAliveMs).unref();
  }

  /** What the handler returns. */
  get response(): Response {
    return this.#connection.response;
  }

  /** Fires exactly once, when the stream is over: the client left, it was closed here, or it was evicted. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get isActive(): boolean {
    return this.#endedBy === undefined;
  }

  /** Events accepted so far; comments do not count. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** Bytes accepted that the client has not read yet. */
  get queuedBytes(): number {
    return this.#connection.queuedBytes;
  }

  /** Sends an event, whole or not at all. Throws only for invalid events, see `serializeEvent`. */
  sendEvent(event: SSEEvent): SendStatus {
    const text = serializeEvent(event);
    const status = text === "" ? this.#status("sent") : this.#write(text);
    if (status === "sent" || status === "queued") this.#eventCount += 1;
    return status;
  }

  /** Sends a named event with a value as one line of JSON. */
  sendJson(event: string, value: unknown): SendStatus {
    return this.sendEvent({ event, data: JSON.stringify(value) ?? "null" });
  }

  /** Sends a comment, which clients ignore. */
  comment(text: string): SendStatus {
    return this.#write(serializeEvent({ comment: text }));
  }

  /** Sends an empty comment. */
  sendKeepAlive(): SendStatus {
    return this.#write(":\n\n");
  }

  /** Resolves when the client has read what was queued, or when the stream is over. */
  async drained(): Promise<void> {
    if (!this.isActive || !this.#isQueued) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Ends the stream after what is queued. Calling it again does nothing. */
  close(): void {
    this.#connection.close();
  }

  /**
   * Runs the producer in the background, ends the stream when it is done, and returns the response for the handler. Errors are logged,
   * except for the abort error of `signal`. The client only sees the stream end.
   */
  run(producer: (writer: SSEWriter) => void | Promise<void>): Response {
    void this.#produce(producer);
    return this.response;
  }

  async #produce(producer: (writer: SSEWriter) => void | Promise<void>): Promise<void> {
    try {
      await producer(this);
    } catch (error) {
      if (!this.#isOwnAbort(error)) this.#options.log.error({ err: error }, "the producer of an event stream failed");
    } finally {
      this.close();
    }
  }

  /** APIs that take the signal throw its reason or their own AbortError. */
  #isOwnAbort(error: unknown): boolean {
    const { aborted, reason } = this.signal;
    return aborted && (error === reason || (error instanceof Error && error.name === "AbortError"));
  }

  #write(text: string): SendStatus {
    const wouldQueue = this.#connection.queuedBytes + text.length;
    if (this.#isQueued && wouldQueue > this.#options.maxQueuedBytes) return "full";
    const status = this.#connection.write(textPayload(text));
    this.#isQueued = status === "queued";
    return this.#status(status);
  }

  #status(status: SendStatus): SendStatus {
    if (this.#endedBy === undefined) return status;
    return this.#endedBy === "client" ? "lost" : "closed";
  }

  #end(reason: CloseReason): void {
    this.#endedBy = reason;
    clearInterval(this.#timer);
    this.#abort.abort();
    this.#release();
  }

  #release(): void {
    this.#isQueued = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

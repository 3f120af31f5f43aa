import { streamEvicted } from "../errors.ts";
import type { Payload } from "../event/wire-format.ts";
import { type Connection, idleListener, type WriteStatus } from "./connection.ts";

/** How many bytes may wait in a web stream before a write counts as `queued`. */
const highWaterBytes = 64 * 1024;

/** An event stream on any runtime that has web streams, and in `app.request()`. */
export class WebConnection implements Connection {
  listener = idleListener;
  closed = false;
  /** Only the server that carries the response knows it. */
  readonly peer = null;
  readonly response: Response;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #isWaiting = false;

  constructor(headers: Record<string, string>) {
    const source = {
      start: (controller: ReadableStreamDefaultController<Uint8Array>) => {
        this.#controller = controller;
      },
      pull: () => this.#pulled(),
      cancel: () => this.#end("client"),
    };
    const strategy = new ByteLengthQueuingStrategy({ highWaterMark: highWaterBytes });
    this.response = new Response(new ReadableStream<Uint8Array>(source, strategy), { status: 200, headers });
  }

  get queuedBytes(): number {
    return Math.max(0, highWaterBytes - (this.#controller?.desiredSize ?? highWaterBytes));
  }

  write(payload: Payload): WriteStatus {
    if (this.closed || this.#controller === undefined) return "closed";
    // A copy: the reader owns what it gets, and might transfer the buffer that others share.
    this.#controller.enqueue(new Uint8Array(payload.plain));
    if ((this.#controller.desiredSize ?? 0) > 0) return "sent";
    this.#isWaiting = true;
    return "queued";
  }

  close(): void {
    if (this.closed) return;
    this.#controller?.close();
    this.#end("server");
  }

  destroy(): void {
    if (this.closed) return;
    this.#controller?.error(streamEvicted());
    this.#end("server");
  }

  /** The client disconnected before it had read the whole body. Nobody is left to tell, and Deno prints the errors of streams. */
  abort(): void {
    if (this.closed) return;
    this.#controller?.close();
    this.#end("client");
  }

  #pulled(): void {
    if (!this.#isWaiting || this.closed) return;
    this.#isWaiting = false;
    this.listener.onDrain();
  }

  #end(reason: "client" | "server"): void {
    if (this.closed) return;
    this.closed = true;
    this.listener.onClose(reason);
  }
}

/** Opens a stream in a web response; it also ends when the request is aborted. */
export function openWebConnection(request: Request, headers: Record<string, string>): WebConnection {
  const connection = new WebConnection(headers);
  if (request.signal.aborted) connection.abort();
  else request.signal.addEventListener("abort", () => connection.abort());
  return connection;
}

import type { Socket } from "node:net";
import { getSystemErrorName } from "node:util";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { connectionBroken } from "../errors.ts";
import type { Payload } from "../event/payload.ts";
import { type CloseReason, type Connection, idleListener, lingerMs, type WriteStatus } from "./connection.ts";
import { createDirectWriter, readHandle, type StreamHandle, type WriteOwner } from "./node/direct-writer.ts";
import { readPeer } from "./node/silent-peers.ts";

const connectionOf = Symbol("sse connection");
const lastChunk = "0\r\n\r\n";

/** A socket that remembers its connection, so that one set of listeners serves all of them. */
type Target = Socket & { [connectionOf]?: SocketConnection | null };

/** What a socket implements for the stream that it is; `buffer` is what Node's stream itself calls the encoding of bytes. */
interface RawWriter {
  _write(bytes: Buffer, encoding: string, written: (error?: Error | null) => void): void;
}

const directWriter = createDirectWriter();

/**
 * An event stream on the bare socket of an HTTP/1 response: bytes that are framed already. They go past the queue of Node's stream,
 * straight to the system where that is possible, else to `_write`, where the stream would hand them on itself. What the system
 * does not take at once waits in libuv, in order.
 */
export class SocketConnection implements Connection, WriteOwner {
  listener = idleListener;
  closed = false;
  queuedBytes = 0;
  readonly #socket: Target;
  readonly #isFramed: boolean;
  /** There once the head is out, as long as the connection is open. */
  #handle: StreamHandle | null = null;
  #unwritten = 0;
  #owesDrain = false;
  #isHeadOut = false;

  constructor(socket: Socket, isFramed: boolean) {
    this.#socket = socket;
    this.#isFramed = isFramed;
    this.#socket[connectionOf] = this;
    socket.on("close", passClose);
    socket.on("end", passClose);
    socket.on("error", passError);
    socket.resume();
    if (socket.destroyed) this.closed = true;
  }

  /** A copy, for middleware writes into the headers of whatever it is given. */
  get response(): Response {
    return RESPONSE_ALREADY_SENT.clone();
  }

  get peer(): string | null {
    return readPeer(this.#socket);
  }

  write(payload: Payload): WriteStatus {
    const bytes = this.#isFramed ? payload.framed : payload.plain;
    if (this.#handle === null || directWriter === null) return this.#writeThrough(bytes);
    const outcome = directWriter.write(this.#handle, bytes, this);
    return outcome === "failed" ? this.#writeThrough(bytes) : outcome;
  }

  close(): void {
    if (this.closed) return;
    const socket = this.#socket;
    if (this.#isFramed) socket.write(lastChunk);
    socket.setTimeout(lingerMs, () => socket.destroy());
    socket.destroySoon();
    this.end("server");
  }

  destroy(): void {
    if (this.closed) return;
    this.#socket.destroy();
    this.end("server");
  }

  /** Called by the listeners of the socket, and by the ways to close: whichever is first. */
  end(reason: CloseReason, error?: unknown): void {
    if (this.closed) return;
    this.closed = true;
    this.#handle = null;
    this.#socket[connectionOf] = null;
    if (reason === "client") this.#socket.destroy();
    this.listener.onClose(reason, error);
  }

  onQueued(bytes: number): void {
    this.#unwritten += 1;
    this.queuedBytes += bytes;
    this.#owesDrain = true;
  }

  onWritten(status: number): void {
    if (status < 0 && !this.closed) this.#socket.destroy(connectionBroken({ reason: getSystemErrorName(status) }));
    this.#settle();
  }

  /** The way of Node's own streams, where the connection cannot go the short one: at its start, with TLS, and after an error. */
  #writeThrough(bytes: Buffer): WriteStatus {
    if (this.closed) return "closed";
    const socket = this.#socket;
    const raw: RawWriter = socket;
    const written = (error?: Error | null) => {
      if (error) socket.destroy(error);
      this.#settle();
    };
    this.#unwritten += 1;
    this.queuedBytes += bytes.length;
    // The head may still be on its way through the stream's queue; nothing overtakes it.
    this.#isHeadOut ||= socket.writableLength === 0;
    if (this.#isHeadOut) raw._write(bytes, "buffer", written);
    else socket.write(bytes, written);
    if (this.#isHeadOut && !this.closed) this.#handle = readHandle(socket);
    if (this.#unwritten === 0 || (socket.writableCorked > 0 && !socket.writableNeedDrain)) return "sent";
    this.#owesDrain = true;
    return "queued";
  }

  #settle(): void {
    this.#unwritten -= 1;
    if (this.#unwritten > 0) return;
    this.queuedBytes = 0;
    if (!this.#owesDrain) return;
    this.#owesDrain = false;
    if (!this.closed) this.listener.onDrain();
  }
}

function passClose(this: Target): void {
  this[connectionOf]?.end("client");
}

function passError(this: Target, error: unknown): void {
  this[connectionOf]?.end("client", error);
}

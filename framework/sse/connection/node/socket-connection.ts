import type { Socket } from "node:net";
import { getSystemErrorName } from "node:util";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { connectionBroken } from "../../errors.ts";
import type { Payload } from "../../event/wire-format.ts";
import { type CloseReason, type Connection, idleListener, lingerMs, type WriteStatus } from "../connection.ts";
import {
  readHandle,
  readStreamBinding,
  type StreamBinding,
  type StreamHandle,
  type WriteOwner,
  type WriteRequest,
} from "./node-internals.ts";
import { readPeer } from "./silent-peers.ts";

/**
 * Hands bytes to the system directly: no queue, no callback, no object per write, which together would cost about a quarter of the
 * system call. Only a write that the system does not complete at once uses up its request object.
 */
export class DirectWriter {
  readonly #binding: StreamBinding;
  readonly #state: Int32Array;
  readonly #asyncIndex: number;
  #spare: WriteRequest;

  constructor(binding: StreamBinding) {
    this.#binding = binding;
    this.#state = binding.streamBaseState;
    this.#asyncIndex = binding.kLastWriteWasAsync;
    this.#spare = createRequest(binding);
  }

  /** `failed`: not accepted; writing through the socket meets the same error and handles it. */
  write(handle: StreamHandle, bytes: Buffer, owner: WriteOwner): "sent" | "queued" | "failed" {
    const request = this.#spare;
    const code = handle.writeBuffer(request, bytes);
    if (code === 0 && this.#state[this.#asyncIndex] === 0) return "sent";
    this.#spare = createRequest(this.#binding);
    if (code !== 0) return "failed";
    request.buffer = bytes;
    request.owner = owner;
    owner.onQueued(bytes.length);
    return "queued";
  }
}

const connectionOf = Symbol("sse connection");
const lastChunk = "0\r\n\r\n";

/** A socket that remembers its connection, so that one set of listeners serves all of them. */
type Target = Socket & { [connectionOf]?: SocketConnection | null };

/** What a socket implements for its stream; `buffer` is what Node's stream passes as the encoding of bytes. */
interface RawWriter {
  _write(bytes: Buffer, encoding: string, written: (error?: Error | null) => void): void;
}

const binding = readStreamBinding();
const directWriter = binding && new DirectWriter(binding);

/**
 * An event stream on the bare socket of an HTTP/1 response; it writes bytes that are already framed. They bypass the queue of Node's
 * stream: straight to the system where possible, otherwise to `_write`, where the stream would pass them on. What the system does not
 * accept at once waits in libuv, in order.
 */
export class SocketConnection implements Connection, WriteOwner {
  listener = idleListener;
  closed = false;
  queuedBytes = 0;
  readonly #socket: Target;
  readonly #isFramed: boolean;
  /** Set once the head is out, for as long as the connection is open. */
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

  /** A copy, because middleware writes to the headers of the response it gets. */
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

  /** Called by the socket's listeners and by both ways to close; only the first call counts. */
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

  /** Writes as Node's own streams do, when the direct way is not possible: before the head is out, with TLS, and after an error. */
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
    // The head may still be in the stream's queue; nothing may overtake it.
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

function createRequest({ WriteWrap }: StreamBinding): WriteRequest {
  const request = new WriteWrap();
  request.oncomplete = complete;
  return request;
}

function complete(this: WriteRequest, status: number): void {
  this.owner?.onWritten(status);
}

function passClose(this: Target): void {
  this[connectionOf]?.end("client");
}

function passError(this: Target, error: unknown): void {
  this[connectionOf]?.end("client", error);
}

import { Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Payload } from "../../event/wire-format.ts";
import { type CloseReason, type Connection, idleListener, lingerMs, type WriteStatus } from "../connection.ts";
import { detachSocket, muteResponse } from "./detach-socket.ts";
import type { NodeBindings } from "./node-bindings.ts";
import { isRawSocket } from "./node-internals.ts";
import { readPeer } from "./silent-peers.ts";
import { SocketConnection } from "./socket-connection.ts";

const connectionOf = Symbol("sse connection");

/** A stream that remembers its connection, so that one set of listeners serves all of them. */
type Target = Writable & { [connectionOf]?: NodeConnection | null };

/**
 * An event stream on one of Node's streams, by its documented API: for HTTP/2, for a pipelined response without a socket, and on other
 * runtimes.
 */
class NodeConnection implements Connection {
  listener = idleListener;
  closed = false;
  readonly #target: Target;
  readonly #socket: Socket | null;

  constructor(target: Writable, socket: Socket | null) {
    this.#target = target;
    this.#socket = socket;
    this.#target[connectionOf] = this;
    target.on("drain", passDrain);
    target.on("close", passClose);
    target.on("error", passError);
    if (target.destroyed) this.closed = true;
  }

  /** A copy, because middleware writes to the headers of the response it gets. */
  get response(): Response {
    return RESPONSE_ALREADY_SENT.clone();
  }

  get queuedBytes(): number {
    return this.#target.writableLength;
  }

  get peer(): string | null {
    return this.#socket && readPeer(this.#socket);
  }

  write(payload: Payload): WriteStatus {
    if (this.closed) return "closed";
    this.#target.write(payload.plain);
    // Below its mark a stream does not emit `drain`.
    return this.#target.writableLength < this.#target.writableHighWaterMark ? "sent" : "queued";
  }

  close(): void {
    if (this.closed) return;
    const target = this.#target;
    target.end();
    setTimeout(() => target.destroy(), lingerMs).unref();
    this.end("server");
  }

  destroy(): void {
    if (this.closed) return;
    this.#target.destroy();
    this.end("server");
  }

  /** Called by the target's listeners and by both ways to close; only the first call counts. */
  end(reason: CloseReason, error?: unknown): void {
    if (this.closed) return;
    this.closed = true;
    this.#target[connectionOf] = null;
    if (reason === "client") this.#target.destroy();
    this.listener.onClose(reason, error);
  }
}

/**
 * Sends status and headers at once and takes over the stream: over HTTP/1 the bare socket, otherwise Node's stream. Nothing that
 * middleware does afterwards reaches it. With `keepsRequest`, the request's own signal (`c.req.raw.signal`) still fires at the end,
 * and its memory is not freed before.
 */
export function openNodeConnection(
  bindings: NodeBindings,
  headers: Record<string, string>,
  keepsRequest = false,
): Connection {
  const { incoming, outgoing } = bindings;
  if (outgoing instanceof Http2ServerResponse) {
    outgoing.writeHead(200, headers);
    const { stream } = outgoing;
    muteResponse(outgoing);
    // The socket belongs to the session, and many streams share it.
    return new NodeConnection(stream, null);
  }
  const { socket } = outgoing;
  // The connection ends with the stream. A proxy that kept it for other requests would lose the one it sends at that moment.
  outgoing.writeHead(200, { ...headers, Connection: "close" });
  // A pipelined request has no socket yet; Node writes and frames for us once it is its turn.
  if (socket === null || "stream" in incoming || !isRawSocket(socket)) {
    outgoing.flushHeaders();
    return new NodeConnection(outgoing, "stream" in incoming ? null : incoming.socket);
  }
  // Sends the head together with what the handler writes in the same turn.
  socket.cork();
  outgoing.flushHeaders();
  const { chunkedEncoding } = outgoing;
  detachSocket(incoming, outgoing, socket);
  muteResponse(outgoing);
  if (keepsRequest) socket.once("close", () => outgoing.emit("close"));
  process.nextTick(uncork, socket);
  return new SocketConnection(socket, chunkedEncoding);
}

function uncork(socket: Socket): void {
  socket.uncork();
}

function passDrain(this: Target): void {
  const connection = this[connectionOf];
  if (connection && this.writableLength === 0) connection.listener.onDrain();
}

function passClose(this: Target): void {
  this[connectionOf]?.end("client");
}

function passError(this: Target, error: unknown): void {
  this[connectionOf]?.end("client", error);
}

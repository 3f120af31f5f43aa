import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

// Everything that streams use of Node beyond its documented API, and the only place that decides whether it may be used. Each lookup
// returns null where Node is built differently (another version, another runtime, the permission model), and each caller has a
// documented fallback: `SocketConnection` writes through the socket's stream, `detachSocket` leaves the parser where it is. Both
// only cost time or memory. The same in Node 20, 22 and 24.

/** The object behind a socket's stream. */
export interface StreamHandle {
  writeBuffer(request: WriteRequest, bytes: Buffer): number;
}

/** Who is told about bytes that could not be written at once. */
export interface WriteOwner {
  /** The system accepted the bytes but has not sent all of them. */
  onQueued(bytes: number): void;
  /** They are out or, with a negative status, never will be. */
  onWritten(status: number): void;
}

export interface WriteRequest {
  oncomplete(this: WriteRequest, status: number): void;
  owner?: WriteOwner;
  /** The system reads from it until the request completes. */
  buffer?: Buffer;
}

/** What Node's own `net` uses to write: a class for requests, and an array that says how the last write went. */
export interface StreamBinding {
  readonly WriteWrap: new () => WriteRequest;
  readonly streamBaseState: Int32Array;
  readonly kLastWriteWasAsync: number;
}

/** The parser that Node's HTTP server ties to a socket. */
export interface SocketParser {
  unconsume(): void;
  remove(): void;
  close(): void;
}

type Listener = (...values: unknown[]) => void;

/** How a parser is tied to its socket. */
export interface ParserTies {
  readonly parser: SocketParser;
  /** What the server listens to on the socket. */
  readonly listeners: readonly (readonly [event: string, listener: Listener])[];
}

/** Node's binding for writing to streams, or null. */
export function readStreamBinding(): StreamBinding | null {
  try {
    const open: unknown = Reflect.get(process, "binding");
    const binding: unknown = typeof open === "function" ? open.call(process, "stream_wrap") : null;
    return isStreamBinding(binding) ? binding : null;
  } catch {
    // Node's permission model does not allow it.
    return null;
  }
}

/** The handle of a plain TCP or local socket, or null if bytes must not bypass the stream (TLS, a wrapped `_write`). */
export function readHandle(socket: Socket): StreamHandle | null {
  if (Object.hasOwn(socket, "_write")) return null;
  const handle: unknown = Reflect.get(socket, "_handle");
  if (typeof handle !== "object" || handle === null || !("writeBuffer" in handle)) return null;
  const { name } = handle.constructor;
  // Checked above as far as possible: these two classes of Node inherit it from their common base.
  return name === "TCP" || name === "Pipe" ? (handle as StreamHandle) : null;
}

/**
 * Whether what is written to a socket reaches the client as it is. On Bun (1.4) the socket of a request is a mere name for its response,
 * which adds a frame of its own.
 */
export function isRawSocket(socket: Socket): boolean {
  return socket.destroyed || Boolean(Reflect.get(socket, "_handle"));
}

/** The parser of a socket whose request has been read completely, or null. */
export function readParserTies(incoming: IncomingMessage, socket: Socket): ParserTies | null {
  const parser: unknown = Reflect.get(socket, "parser");
  if (!isSocketParser(parser) || !incoming.complete) return null;
  const listeners: [string, Listener][] = [];
  for (const [event, name] of serverListeners) {
    const listener = findListener(socket, event, name);
    if (listener) listeners.push([event, listener]);
    else if (event !== "timeout") return null;
  }
  return { parser, listeners };
}

/** The server's listeners, by the names of its functions: Node's streams listen to the same events. */
const serverListeners: readonly (readonly [event: string, name: string])[] = [
  ["data", "socketOnData"],
  ["drain", "socketOnDrain"],
  ["end", "socketOnEnd"],
  ["close", "socketOnClose"],
  ["error", "socketOnError"],
  ["timeout", "socketOnTimeout"],
  ["pause", "onSocketPause"],
  ["resume", "onSocketResume"],
];

function findListener(socket: Socket, event: string, name: string): Listener | undefined {
  // EventEmitter types its listeners as Function, but takes only this shape.
  return socket.rawListeners(event).find((listener) => listener.name.includes(name)) as Listener | undefined;
}

function isSocketParser(found: unknown): found is SocketParser {
  if (typeof found !== "object" || found === null) return false;
  return ["unconsume", "remove", "close"].every((name) => typeof Reflect.get(found, name) === "function");
}

function isStreamBinding(found: unknown): found is StreamBinding {
  if (typeof found !== "object" || found === null) return false;
  if (!("WriteWrap" in found && "streamBaseState" in found && "kLastWriteWasAsync" in found)) return false;
  return (
    typeof found.WriteWrap === "function" &&
    found.streamBaseState instanceof Int32Array &&
    typeof found.kLastWriteWasAsync === "number"
  );
}

import type { Socket } from "node:net";

/** Whose bytes they are, for those that have to wait. */
export interface WriteOwner {
  /** The system has taken so many bytes, but not sent all of them. */
  onQueued(bytes: number): void;
  /** They are out; or, with a negative status, will never be. */
  onWritten(status: number): void;
}

/** What of a socket's handle takes bytes: the object behind the stream, undocumented, alike in Node 20, 22 and 24. */
export interface StreamHandle {
  writeBuffer(request: WriteRequest, bytes: Buffer): number;
}

interface WriteRequest {
  oncomplete(this: WriteRequest, status: number): void;
  owner?: WriteOwner;
  /** The system reads from it until the request completes. */
  buffer?: Buffer;
}

/** What Node's own `net` uses to write: a class for requests, and numbers in which the last write left how it went. */
interface StreamBinding {
  readonly WriteWrap: new () => WriteRequest;
  readonly streamBaseState: Int32Array;
  readonly kLastWriteWasAsync: number;
}

/**
 * Hands bytes to the system with nothing between: no queue, no callback, no object for each write, which together cost a
 * delivery about as much as a fourth of the system call. Only a write that the system does not take at once uses its request up.
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

  /** `failed`: not taken; the socket's own way of writing meets the same error and knows what to do about it. */
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

/** The handle of a plain TCP or local socket, or null where bytes have to go through more than the system (TLS). */
export function readHandle(socket: Socket): StreamHandle | null {
  // Somebody's own way of writing is to be used.
  if (Object.hasOwn(socket, "_write")) return null;
  const handle: unknown = Reflect.get(socket, "_handle");
  if (typeof handle !== "object" || handle === null || !("writeBuffer" in handle)) return null;
  const { name } = handle.constructor;
  // Checked above as far as it goes: these two classes of Node have it from their common base.
  return name === "TCP" || name === "Pipe" ? (handle as StreamHandle) : null;
}

/** A writer where Node lets one look inside, else null: other runtimes, other versions, the permission model. */
export function createDirectWriter(): DirectWriter | null {
  const binding = readBinding();
  return binding === null ? null : new DirectWriter(binding);
}

function readBinding(): StreamBinding | null {
  try {
    const open: unknown = Reflect.get(process, "binding");
    const binding: unknown = typeof open === "function" ? open.call(process, "stream_wrap") : null;
    return isBinding(binding) ? binding : null;
  } catch {
    // Node's permission model forbids the look inside; its documented way of writing works there too.
    return null;
  }
}

function isBinding(found: unknown): found is StreamBinding {
  if (typeof found !== "object" || found === null) return false;
  if (!("WriteWrap" in found && "streamBaseState" in found && "kLastWriteWasAsync" in found)) return false;
  return (
    typeof found.WriteWrap === "function" &&
    found.streamBaseState instanceof Int32Array &&
    typeof found.kLastWriteWasAsync === "number"
  );
}

function createRequest(binding: StreamBinding): WriteRequest {
  const request = new binding.WriteWrap();
  request.oncomplete = complete;
  return request;
}

function complete(this: WriteRequest, status: number): void {
  this.owner?.onWritten(status);
}

import { gzipHead, joinPayload, type Payload } from "../event/wire-format.ts";
import type { Connection, ConnectionListener, WriteStatus } from "./connection.ts";

/** A connection whose client accepts gzip: a ten-byte header of its own, then the shared payloads in compressed form. */
export class GzipConnection implements Connection {
  readonly #inner: Connection;

  constructor(inner: Connection) {
    this.#inner = inner;
    inner.write(joinPayload([gzipHead]));
  }

  get listener(): ConnectionListener {
    return this.#inner.listener;
  }

  set listener(listener: ConnectionListener) {
    this.#inner.listener = listener;
  }

  get closed(): boolean {
    return this.#inner.closed;
  }

  get queuedBytes(): number {
    return this.#inner.queuedBytes;
  }

  get peer(): string | null {
    return this.#inner.peer;
  }

  get response(): Response {
    return this.#inner.response;
  }

  write(payload: Payload): WriteStatus {
    return this.#inner.write(payload.compressed);
  }

  close(): void {
    this.#inner.close();
  }

  destroy(): void {
    this.#inner.destroy();
  }
}

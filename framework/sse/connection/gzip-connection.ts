import { gzipHead } from "../event/gzip-block.ts";
import { type Payload, payloadOf } from "../event/payload.ts";
import type { Connection, ConnectionListener, WriteStatus } from "./connection.ts";

/** A connection whose client takes gzip: ten bytes of its own, then the compressed form of what it shares with the others. */
export class GzipConnection implements Connection {
  readonly #inner: Connection;

  constructor(inner: Connection) {
    this.#inner = inner;
    inner.write(payloadOf([gzipHead]));
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

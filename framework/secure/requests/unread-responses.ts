import { isRecord } from "../../base/index.ts";

/** What has to be known about a response of Node's HTTP server. */
export interface WrittenResponse {
  /** Bytes that were written, but that the client hasn't read yet. */
  readonly writableLength: number;
  readonly socket: { readonly destroyed: boolean; destroy(): unknown } | null;
}

export interface UnreadResponsesOptions {
  readonly maxBytesPerAddress: number;
  readonly timeoutMs: number;
  readonly now: () => number;
  /** Called before a connection is closed. */
  readonly onClose?: (reason: "nothing was read" | "too much is waiting", facts: object) => void;
}

interface Watched {
  readonly address: string | undefined;
  /** How much was waiting at the last check. */
  state: string;
  /** When the client last read something. */
  since: number;
}

/** Responses that wait in memory for their clients. Closes the connections of those that aren't read. */
export class UnreadResponses {
  readonly #options: UnreadResponsesOptions;
  readonly #watched = new Map<WrittenResponse, Watched>();

  constructor(options: UnreadResponsesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#watched.size;
  }

  watch(response: WrittenResponse, address: string | undefined): void {
    this.#watched.set(response, { address, state: stateOf(response), since: this.#options.now() });
  }

  forget(response: WrittenResponse): void {
    this.#watched.delete(response);
  }

  /** Closes what nobody has read from for too long. */
  closeStalled(): void {
    const now = this.#options.now();
    for (const [response, watched] of this.#watched) {
      const state = stateOf(response);
      if (state !== watched.state || response.writableLength === 0) watched.since = now;
      watched.state = state;
      if (now - watched.since < this.#options.timeoutMs || !response.socket || response.socket.destroyed) continue;
      this.#options.onClose?.("nothing was read", { address: watched.address, bytes: response.writableLength });
      response.socket.destroy();
    }
  }

  /** Closes those of an address that have waited the longest, until the others are within its bound. */
  closeExcess(address: string | undefined): void {
    if (address === undefined) return;
    const own = [...this.#watched].filter(([, watched]) => watched.address === address);
    let bytes = own.reduce((sum, [response]) => sum + waitingBytes(response), 0);
    for (const [response] of own.sort(([, one], [, other]) => one.since - other.since)) {
      if (bytes <= this.#options.maxBytesPerAddress) return;
      const waiting = waitingBytes(response);
      bytes -= waiting;
      if (waiting > 0) this.#options.onClose?.("too much is waiting", { address, bytes: waiting });
      response.socket?.destroy();
    }
  }
}

function waitingBytes({ socket, writableLength }: WrittenResponse): number {
  return socket?.destroyed ? 0 : writableLength;
}

/** Changes whenever the client reads. Node counts a large write as one, and only its handle says how much of it is left. */
function stateOf({ writableLength, socket }: WrittenResponse): string {
  const handle: unknown = socket && "_handle" in socket ? socket._handle : undefined;
  return `${writableLength} ${isRecord(handle) ? String(handle.writeQueueSize) : ""}`;
}

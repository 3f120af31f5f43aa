import type { Payload } from "../event/payload.ts";

/**
 * What became of a write. `sent`: handed to the system, or nearly: a few KB may wait. `queued`: taken, but the client reads slowly; `onDrain` tells
 * when all is out. `closed`: dropped, nobody listens any more.
 */
export type WriteStatus = "sent" | "queued" | "closed";

/** Who ended a connection: its client (or the network), or this process. */
export type CloseReason = "client" | "server";

/** Told about the life of one connection. */
export interface ConnectionListener {
  /** After a `queued` write: everything taken so far is out. */
  onDrain(): void;
  /** Exactly once, whoever ended it; with what went wrong on the way to the client, if something did. */
  onClose(reason: CloseReason, error?: unknown): void;
}

/** One open event stream. Two adapters implement it, for Node's servers and for web streams; one suite proves both. */
export interface Connection {
  /** Set by the owner right after opening. */
  listener: ConnectionListener;
  readonly closed: boolean;
  /** Bytes taken and not yet handed to the system. */
  readonly queuedBytes: number;
  /** The other end of its wire as `address:port`; null where that is not known. */
  readonly peer: string | null;
  /** Takes the whole payload or, when closed, none of it; never throws, never waits. */
  write(payload: Payload): WriteStatus;
  /** Ends the stream after what is queued; a client that does not read is cut off after `lingerMs`. */
  close(): void;
  /** Cuts the stream off and frees what is queued. */
  destroy(): void;
  /** What the handler returns to Hono. */
  readonly response: Response;
}

/** How long a closed connection may take to deliver what is queued. */
export const lingerMs = 5000;

/** The listener of a connection that nobody owns yet. */
export const idleListener: ConnectionListener = { onDrain() {}, onClose() {} };

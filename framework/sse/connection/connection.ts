import type { Payload } from "../event/wire-format.ts";

/**
 * The result of a write. `sent`: handed to the system, except for a few KB at most. `queued`: accepted, but the client reads slowly;
 * `onDrain` is called once everything is out. `closed`: dropped, the connection is over.
 */
export type WriteStatus = "sent" | "queued" | "closed";

/** Who ended a connection: its client (or the network), or this process. */
export type CloseReason = "client" | "server";

/** Receives the events of one connection. */
export interface ConnectionListener {
  /** After a `queued` write: everything accepted so far is out. */
  onDrain(): void;
  /** Called exactly once, no matter who ended it; with the error that broke the connection, if there was one. */
  onClose(reason: CloseReason, error?: unknown): void;
}

/** One open event stream. Implemented for Node's servers and for web streams. */
export interface Connection {
  /** Set by the owner right after opening. */
  listener: ConnectionListener;
  readonly closed: boolean;
  /** Bytes accepted but not handed to the system yet. */
  readonly queuedBytes: number;
  /** The remote end as `address:port`; null if unknown. */
  readonly peer: string | null;
  /** Accepts the whole payload or, if closed, none of it; never throws, never waits. */
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

/** The listener of a connection that has no owner yet. */
export const idleListener: ConnectionListener = { onDrain() {}, onClose() {} };

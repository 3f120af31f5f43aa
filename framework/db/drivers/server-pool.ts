import { Duplex } from "node:stream";
import type { Dialect } from "kysely";
import { isRecord } from "../../base/index.ts";
import { isConnectionLost } from "./driver-errors.ts";
import { connectionSilent } from "./errors.ts";
import { queryTimeoutMs, withinLimit } from "./query-limit.ts";
import type { ServerWatch } from "./server-watch.ts";

/** The dialect of a database server, and what is known of its connections. */
export interface OpenServer {
  readonly dialect: Dialect;
  readonly server: ServerPool;
}

export interface ServerPoolOptions {
  readonly watch: ServerWatch;
  /** The limit for a query, in milliseconds. */
  readonly queryTimeoutMs: number;
  /** Ends a query on the server, whose connection was dropped. `port` is this end of the connection. */
  endOnServer(connection: { readonly id: number; readonly port: number }): Promise<unknown>;
}

/** A connection that a pool lends. */
export interface LentConnection {
  /** When it was last given back. Undefined if it's new. */
  readonly idleSince: number | undefined;
  /** Asks for a sign of life. */
  ping(): Promise<unknown>;
  /** Closes it without a word, and gives it back for good. */
  discard(): void;
}

/** Connections that were in use this recently are trusted to work. */
const trustedMs = 1000;
const pingMs = 2000;
const slowMs = 2500;

/** What the pools of both server databases have in common: they lend connections that work, and limit what is done with them. */
export class ServerPool {
  readonly watch: ServerWatch;
  readonly #options: ServerPoolOptions;
  #inUse = 0;
  #waiting = 0;

  constructor(options: ServerPoolOptions) {
    this.watch = options.watch;
    this.#options = options;
  }

  get inUse(): number {
    return this.#inUse;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Lends a connection. One that was idle may have gone silent, which TCP alone notices after a quarter of an hour, so it's asked first. */
  async lend<C extends LentConnection>(take: () => Promise<C>): Promise<C> {
    this.#waiting += 1;
    try {
      const connection = await this.#takeLive(take);
      this.#inUse += 1;
      return connection;
    } catch (error) {
      if (isConnectionLost(error)) this.watch.lost(error);
      throw error;
    } finally {
      this.#waiting -= 1;
    }
  }

  giveBack(): void {
    this.#inUse -= 1;
  }

  /** Runs a query within its limit. `drop` closes the connection, on which the server may be still at work. */
  async run<T>(query: () => Promise<T>, drop: (isAtWork: boolean) => void): Promise<T> {
    const limitMs = queryTimeoutMs(this.#options.queryTimeoutMs);
    try {
      const onExpired = () => drop(true);
      return await withinLimit(query(), { limitMs, slowMs, onSlow: () => this.watch.slow(), onExpired });
    } catch (error) {
      if (isConnectionLost(error)) {
        drop(false);
        this.watch.lost(error);
      }
      throw error;
    }
  }

  /** The limit for each chunk of a stream that starts now. */
  get chunkLimitMs(): number {
    return queryTimeoutMs(this.#options.queryTimeoutMs);
  }

  /** Closes a connection without a word. With its id on the server, that is told to end what it is still doing for it. */
  drop(connection: unknown, id?: number): void {
    const port = closeSocket(connection);
    if (id && port) this.#options.endOnServer({ id, port }).catch(() => undefined);
  }

  async #takeLive<C extends LentConnection>(take: () => Promise<C>): Promise<C> {
    let suspectBefore = Number.NEGATIVE_INFINITY;
    for (;;) {
      const connection = await take();
      const now = performance.now();
      const { idleSince } = connection;
      if (idleSince === undefined || (now - idleSince < trustedMs && !this.watch.isAway)) return connection;
      // What made one go silent did so to all that were idle at that time.
      if (idleSince > suspectBefore) {
        if (await isAlive(connection)) return connection;
        suspectBefore = now;
        this.watch.lost(connectionSilent({ waitedMs: pingMs }));
      }
      connection.discard();
    }
  }
}

/**
 * Closes the socket of a driver's connection, and returns its local port. The drivers themselves say goodbye first, which a server that hangs
 * doesn't read.
 */
export function closeSocket(connection: unknown): number | undefined {
  const socket = isRecord(connection) ? connection.stream : undefined;
  if (!(socket instanceof Duplex)) return undefined;
  const port = "localPort" in socket && typeof socket.localPort === "number" ? socket.localPort : undefined;
  socket.destroy();
  return port;
}

async function isAlive(connection: LentConnection): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), pingMs);
  });
  const replied = connection.ping().then(
    () => true,
    () => false,
  );
  const result = await Promise.race([replied, silent]);
  clearTimeout(timer);
  return result;
}

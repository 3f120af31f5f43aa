import { setTimeout as delay } from "node:timers/promises";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { explainDriverError, isLocked } from "../drivers/driver-errors.ts";
import { refuseUnstorable } from "../drivers/refuse-unstorable.ts";
import { connectionBusy, databaseBusy, streamCut } from "./errors.ts";
import { type QueryLog, QueryReports } from "./query-log.ts";

export interface SharedConnectionOptions {
  /** How long a statement waits while another process holds a lock, in milliseconds; 0 if the server itself waits. */
  readonly lockWaitMs: number;
  /** How long a query waits for a stream on the same connection, in milliseconds. */
  readonly waitMs: number;
  readonly queryLog: QueryLog | undefined;
}

interface OpenStream {
  isCut: boolean;
  cut(failure?: { readonly error: unknown }): Promise<void>;
}

/**
 * A driver's connection that several callers use, such as all those in a transaction: their queries run one after another. Waiting for
 * an SQLite lock doesn't block the event loop, and errors say what happened.
 */
export class SharedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly reports: QueryReports;
  readonly #options: SharedConnectionOptions;
  readonly #streams = new Set<OpenStream>();
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(inner: DatabaseConnection, options: SharedConnectionOptions) {
    this.inner = inner;
    this.#options = options;
    this.reports = new QueryReports(options.queryLog);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    refuseUnstorable(query);
    const { lockWaitMs } = this.#options;
    const endTurn = await this.#takeTurn();
    try {
      return await this.reports.run({ query, connection: this, isStream: false }, async () => {
        try {
          return await waitingForLock(async () => await this.inner.executeQuery<R>(query), lockWaitMs);
        } catch (error) {
          throw explainDriverError(error, query.sql);
        }
      });
    } finally {
      endTurn();
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    refuseUnstorable(query);
    const endTurn = await this.#takeTurn();
    const rows = this.inner.streamQuery<R>(query, chunkSize);
    const startedAt = performance.now();
    const stream: OpenStream = {
      isCut: false,
      cut: async (failure) => {
        stream.isCut = true;
        this.#streams.delete(stream);
        try {
          await rows.return?.();
        } finally {
          // Also if its reader has seen enough of it: it may have written everything.
          const facts = { query, connection: this, isStream: true, durationMs: performance.now() - startedAt };
          this.reports.add({ ...facts, ...failure });
          endTurn();
        }
      },
    };
    this.#streams.add(stream);
    try {
      for (let next = await rows.next(); !next.done; next = await rows.next()) {
        yield next.value;
        if (stream.isCut) throw streamCut();
      }
    } catch (cause) {
      const error = explainDriverError(cause, query.sql);
      if (!stream.isCut) await stream.cut({ error });
      throw error;
    } finally {
      if (!stream.isCut) await stream.cut();
    }
  }

  /** Ends streams that nobody has read to their end, before the transaction that they belong to ends. */
  async cutStreams(): Promise<void> {
    await Promise.allSettled([...this.#streams].map((stream) => stream.cut()));
  }

  async #takeTurn(): Promise<() => void> {
    const before = this.#lastTurn;
    let endTurn = () => {};
    const turn = new Promise<void>((resolve) => {
      endTurn = resolve;
    });
    this.#lastTurn = before.then(() => turn);
    try {
      await this.#turnAfter(before);
      return endTurn;
    } catch (error) {
      endTurn();
      throw error;
    }
  }

  /** Other queries end on their own, but a stream may wait for the very query that waits for it. */
  async #turnAfter(before: Promise<void>): Promise<void> {
    const { waitMs } = this.#options;
    for (let isTurn = false; !isTurn; ) {
      const patience = new AbortController();
      const expired = delay(waitMs, false, { signal: patience.signal }).catch(() => false);
      isTurn = await Promise.race([before.then(() => true), expired]);
      patience.abort();
      if (!isTurn && this.#streams.size > 0) throw connectionBusy({ waitedMs: waitMs });
    }
  }
}

// SQLite's own busy handler sleeps inside the call and blocks the whole process. Retrying from a timer doesn't.
async function waitingForLock<T>(action: () => Promise<T>, lockWaitMs: number): Promise<T> {
  const startedAt = performance.now();
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 25)) {
    try {
      return await action();
    } catch (error) {
      if (!isLocked(error)) throw error;
      const waitedMs = Math.round(performance.now() - startedAt);
      if (waitedMs >= lockWaitMs) throw databaseBusy({ waitedMs, cause: error });
      await delay(pauseMs);
    }
  }
}

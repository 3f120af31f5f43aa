import type { Readable } from "node:stream";
import type { MysqlPool, MysqlPoolConnection, MysqlQueryResult, MysqlStreamOptions } from "kysely";
import type { Pool, PoolConnection } from "mysql2";
import { queryTimedOut } from "./errors.ts";
import type { LentConnection, ServerPool } from "./server-pool.ts";

type QueryCallback = (error: unknown, result: MysqlQueryResult) => void;

/** A mysql2 pool that discards a connection that is lost, or has no reply in time. */
export function createMysqlPool(pool: Pool, server: ServerPool): MysqlPool {
  const known = new WeakMap<PoolConnection, LimitedConnection>();
  const take = () =>
    new Promise<LimitedConnection>((resolve, reject) => {
      pool.getConnection((error, connection) => {
        if (error) return reject(error);
        const wrapped = known.get(connection) ?? new LimitedConnection(connection, server);
        known.set(connection, wrapped);
        resolve(wrapped);
      });
    });
  return {
    getConnection(callback) {
      server.lend(take).then(
        (connection) => callback(null, connection),
        // Kysely doesn't look at the connection if there is an error.
        (error: unknown) => callback(error, undefined as unknown as MysqlPoolConnection),
      );
    },
    end(callback) {
      server.watch.close();
      pool.end(callback);
    },
  };
}

class LimitedConnection implements MysqlPoolConnection, LentConnection {
  idleSince: number | undefined;
  readonly #connection: PoolConnection;
  readonly #server: ServerPool;
  #isDropped = false;

  constructor(connection: PoolConnection, server: ServerPool) {
    this.#connection = connection;
    this.#server = server;
  }

  query(
    sql: string,
    parameters: unknown[],
  ): { stream: <T>(options: MysqlStreamOptions) => AsyncIterable<T> & Readable };
  query(sql: string, parameters: unknown[], callback: QueryCallback): void;
  query(sql: string, parameters: unknown[], callback?: QueryCallback) {
    if (callback === undefined) {
      const { chunkLimitMs } = this.#server;
      return { stream: (options: MysqlStreamOptions) => this.#stream(sql, parameters, { ...options, chunkLimitMs }) };
    }
    const run = () =>
      new Promise<MysqlQueryResult>((resolve, reject) => {
        this.#connection.query(sql, parameters, (error, result) =>
          // Kysely reads from the result what mysql2 returns for the statement.
          error ? reject(error) : resolve(result as MysqlQueryResult),
        );
      });
    this.#server
      .run(run, (isAtWork) => this.#drop(isAtWork))
      .then(
        (result) => callback(null, result),
        (error: unknown) => callback(error, []),
      );
    return undefined;
  }

  ping(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#connection.query("select 1", (error) => (error ? reject(error) : resolve(undefined)));
    });
  }

  discard(): void {
    this.#drop(false);
  }

  release(): void {
    this.idleSince = performance.now();
    this.#server.giveBack();
    if (!this.#isDropped) this.#connection.release();
  }

  #stream(sql: string, parameters: unknown[], options: MysqlStreamOptions & { readonly chunkLimitMs: number }) {
    const { chunkLimitMs, ...streamOptions } = options;
    const rows = this.#connection.query(sql, parameters).stream(streamOptions);
    limitGaps(rows, chunkLimitMs, () => this.#drop(true));
    return rows;
  }

  #drop(isAtWork: boolean): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    // Removes it from the pool, and says goodbye, which a server that hangs wouldn't read.
    this.#connection.destroy();
    this.#server.drop(this.#connection, isAtWork ? this.#connection.threadId : undefined);
  }
}

/** Ends a stream when no row has come for so long. While rows wait to be read, it's the reader who takes the time. */
function limitGaps(rows: Readable, limitMs: number, onExpired: () => void): void {
  let lastRowAt = performance.now();
  const look = () => {
    const leftMs = lastRowAt + limitMs - performance.now();
    if (leftMs > 0 || rows.readableLength > 0) {
      timer = setTimeout(look, leftMs > 0 ? leftMs : limitMs);
      return;
    }
    onExpired();
    rows.destroy(queryTimedOut({ timeoutMs: limitMs }));
  };
  let timer = setTimeout(look, limitMs);
  rows.on("result", () => {
    lastRowAt = performance.now();
  });
  rows.on("close", () => clearTimeout(timer));
}

import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient } from "pg";
import type { LentConnection, ServerPool } from "./server-pool.ts";
import { type CursorClient, SqlCursor } from "./sql-cursor.ts";
import { toUtc } from "./to-utc.ts";

/**
 * A pg pool that discards a connection as soon as a query on it reports that the server is going down, or has no reply in time. pg itself
 * only notices a moment later, when the socket closes, and would hand the dying connection to the next query.
 */
export function createReconnectingPool(pool: Pool, server: ServerPool): PostgresPool {
  const known = new WeakMap<PoolClient, ReconnectingClient>();
  const take = async () => {
    const client = await pool.connect();
    const wrapped = known.get(client) ?? new ReconnectingClient(client, server);
    known.set(client, wrapped);
    return wrapped;
  };
  return {
    connect: () => server.lend(take),
    async end() {
      server.watch.close();
      await pool.end();
    },
  };
}

class ReconnectingClient implements PostgresPoolClient, LentConnection, CursorClient {
  idleSince: number | undefined;
  readonly #client: PoolClient;
  readonly #server: ServerPool;
  #isDropped = false;

  constructor(client: PoolClient, server: ServerPool) {
    this.#client = client;
    this.#server = server;
  }

  get isInTransaction(): boolean {
    return this.#client.getTransactionStatus() !== "I";
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    statement: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof statement !== "string") return statement instanceof SqlCursor ? statement.attach(this) : statement;
    return this.#server.run(
      () => this.#kyselyClient.query<R>(statement, parameters.map(toUtc)),
      (isAtWork) => this.#drop(isAtWork),
    );
  }

  ping(): Promise<unknown> {
    return this.#client.query("select 1");
  }

  discard(): void {
    this.#drop(false);
    this.#client.release(true);
  }

  release(): void {
    this.idleSince = performance.now();
    this.#server.giveBack();
    this.#client.release(this.#isDropped);
  }

  #drop(isAtWork: boolean): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    // Not in the types: the only way to close a connection without a goodbye, which a server that hangs wouldn't read.
    const id: unknown = isAtWork ? Reflect.get(this.#client, "processID") : undefined;
    this.#server.drop(Reflect.get(this.#client, "connection"), typeof id === "number" ? id : undefined);
  }

  /** The same client, typed the way Kysely's driver expects it. */
  get #kyselyClient(): PostgresPoolClient {
    return this.#client as unknown as PostgresPoolClient; // Kysely modeled this interface on pg's client.
  }
}

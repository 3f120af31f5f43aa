import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient } from "pg";
import { isConnectionLost } from "./driver-errors.ts";
import { SqlCursor } from "./sql-cursor.ts";
import { toUtc } from "./to-utc.ts";

/**
 * A pg pool that discards a connection as soon as a query on it reports that the server is going down. pg itself only notices a moment
 * later, when the socket closes, and would hand the dying connection to the next query.
 */
export function createReconnectingPool(pool: Pool): PostgresPool {
  const known = new WeakMap<PoolClient, ReconnectingClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const wrapped = known.get(client) ?? new ReconnectingClient(client);
      known.set(client, wrapped);
      return wrapped;
    },
    end: () => pool.end(),
  };
}

class ReconnectingClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  #isLost = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    statement: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof statement !== "string")
      return statement instanceof SqlCursor ? statement.attach(this.#client) : statement;
    return this.#kyselyClient.query<R>(statement, parameters.map(toUtc)).catch((error: unknown) => {
      this.#isLost ||= isConnectionLost(error);
      throw error;
    });
  }

  release(): void {
    this.#client.release(this.#isLost);
  }

  /** The same client, typed the way Kysely's driver expects it. */
  get #kyselyClient(): PostgresPoolClient {
    return this.#client as unknown as PostgresPoolClient; // Kysely modeled this interface on pg's client.
  }
}

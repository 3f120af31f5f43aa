import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient } from "pg";
import { isConnectionLost } from "./driver-errors.ts";

/**
 * A pg pool that throws a connection away as soon as a query on it says that the server goes down. pg itself notices only when the
 * socket closes, a moment later, and would hand the dying connection to the next query.
 */
export function createHealingPool(pool: Pool): PostgresPool {
  const known = new WeakMap<PoolClient, HealingClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const healing = known.get(client) ?? new HealingClient(client);
      known.set(client, healing);
      return healing;
    },
    end: () => pool.end(),
  };
}

class HealingClient implements PostgresPoolClient {
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
    if (typeof statement !== "string") return this.#readable.query(statement);
    return this.#readable.query<R>(statement, parameters).catch((error: unknown) => {
      this.#isLost ||= isConnectionLost(error);
      throw error;
    });
  }

  release(): void {
    this.#client.release(this.#isLost);
  }

  /** The same client in the shape that Kysely's driver knows it by. */
  get #readable(): PostgresPoolClient {
    return this.#client as unknown as PostgresPoolClient; // Kysely's shape is written after pg's own client
  }
}

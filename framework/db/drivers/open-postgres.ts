import { PostgresDialect } from "kysely";
import type { ClientConfig } from "pg";
import type { Logger } from "../../base/index.ts";
import { loadDriver } from "./load-driver.ts";
import { readNumber } from "./read-number.ts";
import { createReconnectingPool } from "./reconnecting-pool.ts";
import { closeSocket, type OpenServer, ServerPool } from "./server-pool.ts";
import { ServerWatch } from "./server-watch.ts";
import { SqlCursor } from "./sql-cursor.ts";

export interface ServerAddress {
  readonly url: string;
  readonly setting: string;
  /** The maximum number of connections. */
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  /** The limit for a query. */
  readonly queryTimeoutMs: number;
  readonly log: Logger;
}

/** After this long without traffic, TCP asks the other end whether it is still there, and gives up ten seconds later. */
export const keepAliveMs = 10_000;

// pg's type numbers for bigint, which is also what count(*) returns, and for numeric, which sum() and avg() return.
const numberTypes: readonly number[] = [20, 1700];

// Those for date, for timestamp, and for timestamp with time zone. pg reads the first two as times in the zone of the process.
const zonelessTypes: readonly number[] = [1082, 1114];
const instantType = 1184;

/** A pool of PostgreSQL connections. Bigints and decimals are read as numbers up to 2^53 − 1, and as strings beyond that. */
export async function openPostgres(address: ServerAddress): Promise<OpenServer> {
  const { Client, Pool, types } = await loadDriver({
    setting: address.setting,
    driver: "pg",
    dialect: "PostgreSQL",
    load: () => import("pg"),
  });
  const readInstant = types.getTypeParser(instantType);
  const readUtc = (text: string): unknown => readInstant(text.includes("infinity") ? text : inUtc(text));
  const { connectTimeoutMs, queryTimeoutMs, log } = address;
  const connection = {
    connectionString: address.url,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    connectionTimeoutMillis: connectTimeoutMs,
  };
  const ask = async (sql: string, parameters: readonly unknown[] = []) => {
    const client = new Client({ ...connection, query_timeout: connectTimeoutMs });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query(sql, [...parameters]);
      client.end().catch(() => undefined);
    } catch (error) {
      closeSocket(Reflect.get(client, "connection"));
      throw error;
    }
  };
  const server = new ServerPool({
    watch: new ServerWatch({ log, check: () => ask("select 1") }),
    queryTimeoutMs,
    // Behind a proxy the numbers are its own, so the port has to fit as well.
    endOnServer: ({ id, port }) =>
      ask("select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and client_port = $2", [id, port]),
  });
  const pool = new Pool({
    connectionString: address.url,
    max: address.poolSize,
    // With the option of the pool, waiting for a connection would have the limit for opening one.
    Client: class extends Client {
      constructor(config?: ClientConfig) {
        super({ ...config, ...connection });
      }
    },
    types: {
      getTypeParser: (id: number, format?: "text" | "binary") => {
        if (format === "binary") return types.getTypeParser(id, format);
        if (zonelessTypes.includes(id)) return readUtc;
        return numberTypes.includes(id) ? readNumber : types.getTypeParser(id, format);
      },
    },
  });
  // Without listeners, a connection closed by the server would crash the process: pg emits "error" through the pool for idle
  // clients, and on the client itself while it is in use.
  pool.on("error", (error) => server.watch.lost(error));
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    // A failure shows in the query that comes next.
    client.query("set timezone to 'UTC'").catch(() => undefined);
  });
  return { dialect: new PostgresDialect({ pool: createReconnectingPool(pool, server), cursor: SqlCursor }), server };
}

function inUtc(text: string): string {
  return `${text.includes(":") ? text : `${text} 00:00:00`}+00`;
}

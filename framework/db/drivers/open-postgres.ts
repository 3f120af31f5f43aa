import { type Dialect, PostgresDialect } from "kysely";
import type { Logger } from "../../base/index.ts";
import { loadDriver } from "./load-driver.ts";
import { readNumber } from "./read-number.ts";
import { createReconnectingPool } from "./reconnecting-pool.ts";
import { SqlCursor } from "./sql-cursor.ts";

export interface ServerAddress {
  readonly url: string;
  readonly setting: string;
  /** The maximum number of connections. */
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly log: Logger;
}

// pg's type numbers for bigint, which is also what count(*) returns, and for numeric, which sum() and avg() return.
const numberTypes: readonly number[] = [20, 1700];

// Those for date, for timestamp, and for timestamp with time zone. pg reads the first two as times in the zone of the process.
const zonelessTypes: readonly number[] = [1082, 1114];
const instantType = 1184;

/** A pool of PostgreSQL connections. Bigints and decimals are read as numbers up to 2^53 − 1, and as strings beyond that. */
export async function openPostgres(address: ServerAddress): Promise<Dialect> {
  const { Pool, types } = await loadDriver({
    setting: address.setting,
    driver: "pg",
    dialect: "PostgreSQL",
    load: () => import("pg"),
  });
  const readInstant = types.getTypeParser(instantType);
  const readUtc = (text: string): unknown => readInstant(text.includes("infinity") ? text : inUtc(text));
  const pool = new Pool({
    connectionString: address.url,
    max: address.poolSize,
    connectionTimeoutMillis: address.connectTimeoutMs,
    keepAlive: true,
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
  pool.on("error", (error) => address.log.warn({ err: error }, "an idle PostgreSQL connection was lost"));
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    // A failure shows in the query that comes next.
    client.query("set timezone to 'UTC'").catch(() => undefined);
  });
  return new PostgresDialect({ pool: createReconnectingPool(pool), cursor: SqlCursor });
}

function inUtc(text: string): string {
  return `${text.includes(":") ? text : `${text} 00:00:00`}+00`;
}

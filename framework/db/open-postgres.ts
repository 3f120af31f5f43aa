import { type Dialect, PostgresDialect } from "kysely";
import type { Logger } from "../base/index.ts";
import { driverMissing } from "./errors.ts";
import { createHealingPool } from "./healing-pool.ts";

export interface ServerAddress {
  readonly url: string;
  readonly setting: string;
  /** Connections at most. */
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly log: Logger;
}

// Of pg's type numbers, the one for bigint, which count(*) has as well.
const bigintType = 20;

/** A pool of PostgreSQL connections. Whole numbers are read as numbers as long as they are exact, beyond that as text. */
export async function openPostgres(address: ServerAddress): Promise<Dialect> {
  const { Pool, types } = await loadDriver(address.setting);
  const pool = new Pool({
    connectionString: address.url,
    max: address.poolSize,
    connectionTimeoutMillis: address.connectTimeoutMs,
    keepAlive: true,
    types: {
      getTypeParser: (id: number, format?: "text" | "binary") =>
        id === bigintType && format !== "binary" ? readBigint : types.getTypeParser(id, format),
    },
  });
  // Without listeners, a connection that the server closes would end the process: pg emits "error" on idle clients through the
  // pool, and on clients in use by themselves.
  pool.on("error", (error) => address.log.warn({ error }, "an idle PostgreSQL connection was lost"));
  pool.on("connect", (client) => client.on("error", () => undefined));
  return new PostgresDialect({ pool: createHealingPool(pool) });
}

/** A PostgreSQL bigint as a number, or as it came where a number would not be exact. */
export function readBigint(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

async function loadDriver(setting: string): Promise<typeof import("pg")["default"]> {
  try {
    return (await import("pg")).default;
  } catch (cause) {
    throw driverMissing({ setting, driver: "pg", dialect: "PostgreSQL", cause });
  }
}

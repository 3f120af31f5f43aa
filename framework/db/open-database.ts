import { type Dialect as KyselyDialect, type KyselyPlugin, sql } from "kysely";
import { createLogger, KitError, type Logger } from "../base/index.ts";
import { Database } from "./database.ts";
import { type DatabaseAddress, parseDatabaseUrl, redactUrl } from "./database-url.ts";
import { openMysql } from "./drivers/open-mysql.ts";
import { openPostgres } from "./drivers/open-postgres.ts";
import { openSqlite } from "./drivers/open-sqlite.ts";
import { withQueryTimeout } from "./drivers/query-limit.ts";
import type { ServerPool } from "./drivers/server-pool.ts";
import { databaseUnreachable, sqliteUnopenable } from "./errors.ts";
import type { Tables } from "./tables.ts";
import type { QueryEvent } from "./transactions/query-log.ts";

const defaultConnectTimeoutMs = 5000;
const defaultWaitMs = 10_000;
const defaultQueryTimeoutMs = 15_000;

export interface OpenDatabaseOptions {
  /** The setting that holds the URL, for error texts. Default: `DATABASE_URL`. */
  readonly setting?: string;
  /** Logs lost connections and failed after-commit actions. Default: standard output. */
  readonly log?: Logger;
  /** The maximum number of PostgreSQL or MySQL connections. Default: 10. */
  readonly poolSize?: number;
  /** How long to wait for a connection, in milliseconds. Default: 5000. */
  readonly connectTimeoutMs?: number;
  /** How long a statement waits while another process has SQLite locked, in milliseconds. Default: 5000. */
  readonly lockWaitMs?: number;
  /**
   * How long a query waits for a connection of the pool, for the handle that writes SQLite, or for another query of its transaction, in
   * milliseconds. Default: 10,000.
   */
  readonly waitMs?: number;
  /**
   * How long PostgreSQL or MySQL may take for a query, in milliseconds; its connection is then closed. In a stream it counts from one chunk
   * of rows to the next. Migrations and seeds have no limit, and `withQueryTimeout` sets another one. Default: 15,000.
   */
  readonly queryTimeoutMs?: number;
  /** Kysely plugins for all queries. The framework's own queries run without them. */
  readonly plugins?: readonly KyselyPlugin[];
  /** Called after each statement, including `begin`, `commit` and `rollback`. */
  readonly onQuery?: (event: QueryEvent) => void | Promise<void>;
}

/**
 * Opens `sqlite:<file>`, `sqlite::memory:`, `postgres://…` or `mysql://…` (also MariaDB) and runs one query to verify the connection.
 * Throws `DB_URL_INVALID`, `DB_UNREACHABLE`, `DB_DRIVER_MISSING` or `DB_SQLITE_DRIVER_…`, which name the setting and hide the
 * password. The caller closes the database with `destroy()`.
 */
export async function openDatabase<T = Tables>(url: string, options: OpenDatabaseOptions = {}): Promise<Database<T>> {
  const setting = options.setting ?? "DATABASE_URL";
  const log = options.log ?? createLogger();
  const address = parseDatabaseUrl(url, setting);
  try {
    const { dialect: kysely, server } = await openDialect(address, { ...options, setting, log });
    const lockWaitMs = address.dialect === "sqlite" ? (options.lockWaitMs ?? 5000) : 0;
    const { waitMs = defaultWaitMs, plugins, onQuery } = options;
    const db = new Database<T>({ dialect: address.dialect, kysely, server, log, lockWaitMs, waitMs, plugins, onQuery });
    await withQueryTimeout(options.connectTimeoutMs ?? defaultConnectTimeoutMs, () => verify(db));
    return db;
  } catch (cause) {
    if (cause instanceof KitError && !unreachableCodes.has(cause.code)) throw cause;
    const facts = { setting, address: redactUrl(url), cause: causeOf(cause) };
    throw address.dialect === "sqlite" ? sqliteUnopenable(facts) : databaseUnreachable(facts);
  }
}

/** How a server that doesn't respond shows in the first query. */
const unreachableCodes = new Set(["DB_UNAVAILABLE", "DB_QUERY_TIMEOUT"]);

type DialectOptions = OpenDatabaseOptions & { readonly setting: string; readonly log: Logger };

async function openDialect(
  address: DatabaseAddress,
  options: DialectOptions,
): Promise<{ readonly dialect: KyselyDialect; readonly server?: ServerPool }> {
  const { setting, log, poolSize = 10, connectTimeoutMs = defaultConnectTimeoutMs, waitMs = defaultWaitMs } = options;
  if (address.dialect === "sqlite") return { dialect: await openSqlite({ file: address.file, setting, waitMs }) };
  const { queryTimeoutMs = defaultQueryTimeoutMs } = options;
  const server = { url: address.url, setting, poolSize, connectTimeoutMs, queryTimeoutMs, log };
  return address.dialect === "postgres" ? await openPostgres(server) : await openMysql(server);
}

async function verify<T>(db: Database<T>): Promise<void> {
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** The driver's own error behind `DB_UNAVAILABLE`. */
function causeOf(error: unknown): unknown {
  return error instanceof KitError ? (error.cause ?? error) : error;
}

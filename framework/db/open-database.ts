import { type Dialect as KyselyDialect, type KyselyPlugin, sql } from "kysely";
import { createLogger, KitError, type Logger } from "../base/index.ts";
import { Database } from "./database.ts";
import { type DatabaseAddress, parseDatabaseUrl, redactUrl } from "./database-url.ts";
import { openMysql } from "./drivers/open-mysql.ts";
import { openPostgres } from "./drivers/open-postgres.ts";
import { openSqlite } from "./drivers/open-sqlite.ts";
import { databaseUnreachable, sqliteUnopenable } from "./errors.ts";
import type { Tables } from "./tables.ts";
import type { QueryEvent } from "./transactions/query-log.ts";

const defaultWaitMs = 10_000;

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
    const kysely = await openDialect(address, { ...options, setting, log });
    const lockWaitMs = address.dialect === "sqlite" ? (options.lockWaitMs ?? 5000) : 0;
    const { waitMs = defaultWaitMs, plugins, onQuery } = options;
    const db = new Database<T>({ dialect: address.dialect, kysely, log, lockWaitMs, waitMs, plugins, onQuery });
    await verify(db);
    return db;
  } catch (cause) {
    if (cause instanceof KitError && cause.code !== "DB_UNAVAILABLE") throw cause;
    const facts = { setting, address: redactUrl(url), cause: causeOf(cause) };
    throw address.dialect === "sqlite" ? sqliteUnopenable(facts) : databaseUnreachable(facts);
  }
}

type DialectOptions = OpenDatabaseOptions & { readonly setting: string; readonly log: Logger };

async function openDialect(address: DatabaseAddress, options: DialectOptions): Promise<KyselyDialect> {
  const { setting, log, poolSize = 10, connectTimeoutMs = 5000, waitMs = defaultWaitMs } = options;
  if (address.dialect === "sqlite") return await openSqlite({ file: address.file, setting, waitMs });
  const server = { url: address.url, setting, poolSize, connectTimeoutMs, log };
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
  return error instanceof KitError ? error.cause : error;
}

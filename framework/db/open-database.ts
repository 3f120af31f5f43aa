import { type Dialect as KyselyDialect, sql } from "kysely";
import { createLogger, KitError, type Logger } from "../base/index.ts";
import { Database } from "./database.ts";
import { type DatabaseAddress, parseDatabaseUrl, redactUrl } from "./database-url.ts";
import { databaseUnreachable, sqliteUnopenable } from "./errors.ts";
import { openMysql } from "./open-mysql.ts";
import { openPostgres } from "./open-postgres.ts";
import { openSqlite } from "./open-sqlite.ts";
import type { Tables } from "./tables.ts";

export interface OpenDatabaseOptions {
  /** The name under which the URL was configured, for error texts; `DATABASE_URL` unless given. */
  readonly setting?: string;
  /** Hears of lost connections and of after-commit actions that fail; standard output unless given. */
  readonly log?: Logger;
  /** Connections at most, for PostgreSQL and MySQL; 10 unless given. */
  readonly poolSize?: number;
  /** How long to wait for a connection, in milliseconds; 5000 unless given. */
  readonly connectTimeoutMs?: number;
  /** How long a statement waits while another process has SQLite locked, in milliseconds; 5000 unless given. */
  readonly lockWaitMs?: number;
}

/**
 * Opens `sqlite:<file>`, `sqlite::memory:`, `postgres://…` or `mysql://…` (also MariaDB) and asks it one question, so that a wrong
 * address fails here: KitError `DB_URL_INVALID`, `DB_UNREACHABLE`, `DB_DRIVER_MISSING`, `DB_SQLITE_DRIVER_…`, each naming the
 * setting and none showing the password. The caller closes it with `destroy()`.
 */
export async function openDatabase<T = Tables>(url: string, options: OpenDatabaseOptions = {}): Promise<Database<T>> {
  const setting = options.setting ?? "DATABASE_URL";
  const log = options.log ?? createLogger();
  const address = parseDatabaseUrl(url, setting);
  try {
    const kysely = await openDialect(address, { ...options, setting, log });
    const lockWaitMs = address.dialect === "sqlite" ? (options.lockWaitMs ?? 5000) : 0;
    const db = new Database<T>({ dialect: address.dialect, kysely, log, lockWaitMs });
    await askOnce(db);
    return db;
  } catch (cause) {
    if (cause instanceof KitError && cause.code !== "DB_UNAVAILABLE") throw cause;
    const facts = { setting, address: redactUrl(url), cause: causeOf(cause) };
    throw address.dialect === "sqlite" ? sqliteUnopenable(facts) : databaseUnreachable(facts);
  }
}

type DialectOptions = OpenDatabaseOptions & { readonly setting: string; readonly log: Logger };

async function openDialect(address: DatabaseAddress, options: DialectOptions): Promise<KyselyDialect> {
  const { setting, log, poolSize = 10, connectTimeoutMs = 5000 } = options;
  if (address.dialect === "sqlite") return await openSqlite({ file: address.file, setting });
  const server = { url: address.url, setting, poolSize, connectTimeoutMs, log };
  return address.dialect === "postgres" ? await openPostgres(server) : await openMysql(server);
}

async function askOnce<T>(db: Database<T>): Promise<void> {
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** The driver's own error, from beneath the KitError that says "unavailable". */
function causeOf(error: unknown): unknown {
  return error instanceof KitError ? error.cause : error;
}

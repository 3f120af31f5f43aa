import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import type { Dialect } from "kysely";
import { driverMissing, sqliteDriverNotBuilt, sqliteDriverTooNew } from "./errors.ts";
import { createSqliteDialect } from "./sqlite-dialect.ts";
import { createSqliteStatements, type SqliteStatements } from "./sqlite-statements.ts";

export interface SqliteAddress {
  /** A path, made with its folder when it is missing, or `:memory:`. */
  readonly file: string;
  readonly setting: string;
}

/** Opens an SQLite file: write-ahead log, foreign keys on, and no lock is waited for inside SQLite itself. */
export async function openSqlite(address: SqliteAddress): Promise<Dialect> {
  const Driver = await loadDriver(address.setting);
  if (address.file !== ":memory:") mkdirSync(dirname(address.file), { recursive: true });
  const handle = openHandle(Driver, address.file);
  handle.pragma("journal_mode = WAL");
  // NORMAL loses nothing when a process is killed; only a power cut may undo the last commits, never corrupt the file.
  handle.pragma("synchronous = NORMAL");
  handle.pragma("foreign_keys = ON");
  handle.pragma("busy_timeout = 0");
  const writer = createSqliteStatements(handle);
  if (address.file === ":memory:") return createSqliteDialect(writer, null);
  try {
    return createSqliteDialect(writer, openReader(Driver, address.file));
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** A second handle on the file; what is in memory has one only. */
function openReader(Driver: typeof BetterSqlite3, file: string): SqliteStatements {
  const handle = openHandle(Driver, file);
  handle.pragma("busy_timeout = 0");
  handle.pragma("query_only = ON");
  return createSqliteStatements(handle);
}

/** Refuses the driver that is known to crash the process: better-sqlite3 13 on Node 20. */
export function checkSqliteDriver(versions: { driverVersion: string; nodeVersion: string }): void {
  if (majorOf(versions.driverVersion) >= 13 && majorOf(versions.nodeVersion) < 22) throw sqliteDriverTooNew(versions);
}

async function loadDriver(setting: string): Promise<typeof BetterSqlite3> {
  const { node: nodeVersion } = process.versions;
  try {
    const manifest: { version: string } = createRequire(import.meta.url)("better-sqlite3/package.json");
    checkSqliteDriver({ driverVersion: manifest.version, nodeVersion });
    return (await import("better-sqlite3")).default;
  } catch (cause) {
    if (codeOf(cause) !== "ERR_MODULE_NOT_FOUND" && codeOf(cause) !== "MODULE_NOT_FOUND") throw cause;
    throw driverMissing({ setting, driver: "better-sqlite3", dialect: "SQLite", cause });
  }
}

function openHandle(Driver: typeof BetterSqlite3, file: string): BetterSqlite3.Database {
  try {
    return new Driver(file);
  } catch (cause) {
    if (isNotBuilt(cause)) throw sqliteDriverNotBuilt({ nodeVersion: process.versions.node, cause });
    throw cause;
  }
}

/** Whether the native part is missing (no binary found) or made for another Node (wrong NODE_MODULE_VERSION). */
export function isNotBuilt(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return codeOf(error) === "ERR_DLOPEN_FAILED" || /NODE_MODULE_VERSION|locate the bindings file/.test(error.message);
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

import { createRequire } from "node:module";
import { dirname } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import type { Dialect } from "kysely";
import { codeOf, createFolder } from "../../base/index.ts";
import { driverMissing, sqliteDriverNotBuilt, sqliteDriverTooNew } from "./errors.ts";
import { createSqliteDialect } from "./sqlite-dialect.ts";
import { createSqliteStatements, type SqliteStatements } from "./sqlite-statements.ts";

export interface SqliteAddress {
  /** A path, or `:memory:`. The file and its folder are created if they don't exist. */
  readonly file: string;
  readonly setting: string;
  /** How long a query waits for the handle that writes, in milliseconds. */
  readonly waitMs: number;
}

/** Opens an SQLite file in WAL mode with foreign keys on. SQLite itself never waits for a lock; `JoiningDriver` does. */
export async function openSqlite(address: SqliteAddress): Promise<Dialect> {
  const Driver = await loadDriver(address.setting);
  if (address.file !== ":memory:") createFolder(dirname(address.file));
  const handle = openHandle(Driver, address.file);
  handle.pragma("journal_mode = WAL");
  // With NORMAL, a killed process loses nothing. A power cut may undo the last commits but never corrupts the file.
  handle.pragma("synchronous = NORMAL");
  handle.pragma("foreign_keys = ON");
  handle.pragma("busy_timeout = 0");
  const writer = createSqliteStatements(handle);
  const { waitMs } = address;
  if (address.file === ":memory:") return createSqliteDialect({ writer, readers: null, waitMs });
  try {
    const openAnother = () => openReader(Driver, address.file);
    return createSqliteDialect({ writer, readers: { reader: openAnother(), openReader: openAnother }, waitMs });
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** Another, read-only handle on the file. An in-memory database has only one. */
function openReader(Driver: typeof BetterSqlite3, file: string): SqliteStatements {
  const handle = openHandle(Driver, file);
  handle.pragma("busy_timeout = 0");
  handle.pragma("query_only = ON");
  return createSqliteStatements(handle);
}

/** Rejects better-sqlite3 13 on Node 20, which crashes the process. Throws `DB_SQLITE_DRIVER_TOO_NEW`. */
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
    const handle = new Driver(file);
    // As on the other databases. Otherwise `like` would ignore the case of ASCII letters.
    handle.pragma("case_sensitive_like = ON");
    return handle;
  } catch (cause) {
    if (isNotBuilt(cause)) throw sqliteDriverNotBuilt({ nodeVersion: process.versions.node, cause });
    throw cause;
  }
}

/** Whether the native binary is missing or was built for a different Node version (NODE_MODULE_VERSION). */
export function isNotBuilt(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return codeOf(error) === "ERR_DLOPEN_FAILED" || /NODE_MODULE_VERSION|locate the bindings file/.test(error.message);
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

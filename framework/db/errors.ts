import { KitError } from "../base/index.ts";

/** The address is none that a driver is known for. `address` must be free of passwords. */
export function databaseUrlInvalid(facts: { setting: string; address: string }): KitError {
  return new KitError({
    code: "DB_URL_INVALID",
    message: `${facts.setting} is "${facts.address}", expected sqlite:<file>, postgres://… or mysql://….`,
    hint: `Set ${facts.setting}, for example to sqlite:data/app.db or postgres://user:password@localhost:5432/app.`,
  });
}

export function sqliteUnopenable(facts: { setting: string; address: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_UNREACHABLE",
    message: `${facts.setting}: the database at ${facts.address} cannot be opened: ${reasonOf(facts.cause)}`,
    hint: "Check that the folder exists, and that this user may write to it and to the file.",
    status: 503,
    cause: facts.cause,
  });
}

export function databaseUnreachable(facts: { setting: string; address: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_UNREACHABLE",
    message: `${facts.setting}: the database at ${facts.address} cannot be opened: ${reasonOf(facts.cause)}`,
    hint: `Check that the server runs, that the database exists and that user and password in ${facts.setting} are right.`,
    status: 503,
    cause: facts.cause,
  });
}

export function driverMissing(facts: { setting: string; driver: string; dialect: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_DRIVER_MISSING",
    message: `${facts.setting} names a ${facts.dialect} database, but its driver "${facts.driver}" is not installed.`,
    hint: `Run: npm install ${facts.driver}`,
    cause: facts.cause,
  });
}

export function sqliteDriverTooNew(facts: { driverVersion: string; nodeVersion: string }): KitError {
  return new KitError({
    code: "DB_SQLITE_DRIVER_TOO_NEW",
    message: `better-sqlite3 ${facts.driverVersion} needs Node 22 or newer and would crash Node ${facts.nodeVersion}.`,
    hint: "Run: npm install better-sqlite3@12, or update Node.",
  });
}

export function sqliteDriverNotBuilt(facts: { nodeVersion: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_SQLITE_DRIVER_NOT_BUILT",
    message: `better-sqlite3 has no binary that Node ${facts.nodeVersion} can load: ${reasonOf(facts.cause)}`,
    hint: "Run: npm rebuild better-sqlite3 (with the Node version that runs the app).",
    cause: facts.cause,
  });
}

export function databaseBusy(facts: { waitedMs: number; cause: unknown }): KitError {
  return new KitError({
    code: "DB_BUSY",
    message: `The SQLite database stayed locked by another process for ${facts.waitedMs} ms.`,
    hint: "Keep transactions short, or move to PostgreSQL when many processes write.",
    status: 503,
    cause: facts.cause,
  });
}

export function databaseUnavailable(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "DB_UNAVAILABLE",
    message: `The connection to the database is lost: ${reasonOf(facts.cause)}`,
    hint: "The pool reconnects by itself as soon as the server answers again.",
    status: 503,
    cause: facts.cause,
  });
}

export function databaseFull(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "DB_FULL",
    message: "The database has no space left to write to.",
    hint: "Free space on its disk; reading goes on meanwhile, writing resumes by itself.",
    status: 507,
    cause: facts.cause,
  });
}

export function controlledInsideTransaction(): KitError {
  return new KitError({
    code: "DB_CONTROLLED_INSIDE_TRANSACTION",
    message: "startTransaction() was called inside transaction().execute(…), where a transaction is already open.",
    hint: "Use transaction().execute(…) there as well: it becomes a savepoint.",
  });
}

export function foreignConnection(): KitError {
  return new KitError({
    code: "DB_CONNECTION_FOREIGN",
    message: "A connection of another database was given to this one's driver.",
    hint: "Use the connection only with the database that it was taken from.",
  });
}

export function dialectUnknown(facts: { adapter: string }): KitError {
  return new KitError({
    code: "DB_DIALECT_UNKNOWN",
    message: `The Kysely adapter ${facts.adapter} is neither that of SQLite, PostgreSQL nor MySQL.`,
    hint: "Open the database with openDatabase().",
  });
}

/** The words of whatever was thrown; some drivers leave `message` empty and fill `code` or `errors` instead. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause instanceof AggregateError && !cause.message) return cause.errors.map(reasonOf).join("; ");
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
  return cause.message || code;
}

import { KitError, reasonOf } from "../../base/index.ts";

export function driverMissing(facts: { setting: string; driver: string; dialect: string; cause: unknown }): KitError {
  return new KitError({
    code: "DB_DRIVER_MISSING",
    message: `${facts.setting} points to a ${facts.dialect} database, but its driver "${facts.driver}" isn't installed.`,
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

export function valueNotStorable(facts: { kind: string }): KitError {
  return new KitError({
    code: "DB_VALUE_NOT_STORABLE",
    message: `${facts.kind} was given as a value in a query.`,
    hint: "Check input with a schema before it reaches a query. For a column of JSON, pass JSON.stringify(value).",
  });
}

/** No row can have a value that its column can't hold. Visitors see the message. */
export function valueUnmatchable(facts: { reason: string; cause?: unknown }): KitError {
  return new KitError({
    code: "DB_VALUE_UNMATCHABLE",
    message: "This doesn't exist.",
    hint: `A query looked for a value that its column can't hold: ${facts.reason}. Check input with a schema to answer in another way.`,
    status: 404,
    cause: facts.cause ?? facts.reason,
  });
}

/** Visitors see the message. */
export function valueRefused(facts: { reason: string; cause?: unknown }): KitError {
  return new KitError({
    code: "DB_VALUE_REFUSED",
    message: "Some of the data you sent can't be stored.",
    hint: `The database refused a value: ${facts.reason}. Give the schema of the input the limits of the column, such as z.string().max(200).`,
    status: 422,
    cause: facts.cause ?? facts.reason,
  });
}

export function databaseUnavailable(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "DB_UNAVAILABLE",
    message: `Lost the connection to the database: ${reasonOf(facts.cause)}`,
    hint: "The pool reconnects on its own once the server is back.",
    status: 503,
    cause: facts.cause,
  });
}

export function queryTimedOut(facts: { timeoutMs: number }): KitError {
  return new KitError({
    code: "DB_QUERY_TIMEOUT",
    message: `The database had no reply to a query within ${facts.timeoutMs} ms, so its connection was closed.`,
    hint: "Add an index, or do less at once. For what takes long on purpose, use withQueryTimeout(), or raise database.queryTimeoutMs.",
    status: 503,
  });
}

export function connectionSilent(facts: { waitedMs: number }): KitError {
  return new KitError({
    code: "DB_CONNECTION_SILENT",
    message: `A connection to the database was idle, and then had no reply within ${facts.waitedMs} ms.`,
    hint: "It is replaced. If this happens often, a firewall or a proxy between the app and the database forgets idle connections.",
    status: 503,
  });
}

export function databaseAway(): KitError {
  return new KitError({
    code: "DB_UNAVAILABLE",
    message: "The database doesn't respond.",
    hint: "The log says since when and why. The pool reconnects on its own once the server is back.",
    status: 503,
  });
}

export function connectionWaitTimedOut(facts: { waitedMs: number }): KitError {
  return new KitError({
    code: "DB_CONNECTION_TIMEOUT",
    message: `No connection to the database became free within ${facts.waitedMs} ms. SQLite has a single one for writing.`,
    hint: "Keep transactions short, and don't wait inside one for a query outside it. Raise poolSize or waitMs if the load needs it.",
    status: 503,
  });
}

export function databaseFull(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "DB_FULL",
    message: "The database is out of disk space.",
    hint: "Free some space. Reads keep working, and writes resume on their own.",
    status: 507,
    cause: facts.cause,
  });
}

export function foreignConnection(): KitError {
  return new KitError({
    code: "DB_CONNECTION_FOREIGN",
    message: "The driver received a connection that belongs to another database.",
    hint: "Use a connection only with the database it came from.",
  });
}

export function dialectUnknown(facts: { adapter: string }): KitError {
  return new KitError({
    code: "DB_DIALECT_UNKNOWN",
    message: `The Kysely adapter ${facts.adapter} isn't for SQLite, PostgreSQL or MySQL.`,
    hint: "Open the database with openDatabase().",
  });
}

import { databaseFull, databaseUnavailable, reasonOf } from "./errors.ts";

const uniqueCodes = new Set(["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505", "ER_DUP_ENTRY"]);

const foreignKeyCodes = new Set([
  "SQLITE_CONSTRAINT_FOREIGNKEY",
  "23503",
  "ER_NO_REFERENCED_ROW",
  "ER_NO_REFERENCED_ROW_2",
  "ER_ROW_IS_REFERENCED",
  "ER_ROW_IS_REFERENCED_2",
]);

const fullCodes = new Set(["SQLITE_FULL", "53100", "ER_DISK_FULL", "ER_RECORD_FILE_FULL"]);

/** Serialization failures and deadlocks: nothing was written, and the same transaction may succeed when run again. */
const conflictCodes = new Set(["40001", "40P01", "ER_LOCK_DEADLOCK", "ER_CHECKREAD", "SQLITE_BUSY_SNAPSHOT"]);

// PostgreSQL class 08 (connection exception), 57P0x (server going down or not up yet), 53300 (too many connections).
const lostCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "PROTOCOL_CONNECTION_LOST",
  "ER_SERVER_SHUTDOWN",
  "ER_CON_COUNT_ERROR",
  "08000",
  "08001",
  "08003",
  "08006",
  "57P01",
  "57P02",
  "57P03",
  "53300",
]);

// pg 8 reports the first three without a code, mysql2 3 the last one: what it says when a transaction that was cut off is rolled back.
const lostTexts =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection|Can't add new command when connection is in closed state)/;

/** Whether a write failed because a value that must be unique is taken; the same answer for all three databases. */
export function isUniqueViolation(error: unknown): boolean {
  return uniqueCodes.has(codeOf(error));
}

/** Whether a write failed because the row it points to is missing, or rows still point to the one that should go. */
export function isForeignKeyViolation(error: unknown): boolean {
  return foreignKeyCodes.has(codeOf(error));
}

/** Whether a transaction lost against another one (deadlock, serialization): running it again may succeed. */
export function isTransactionConflict(error: unknown): boolean {
  return conflictCodes.has(codeOf(error));
}

/** Whether SQLite found the database locked by another process; waiting helps, unlike with a stale snapshot. */
export function isLocked(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith("SQLITE_BUSY") && code !== "SQLITE_BUSY_SNAPSHOT";
}

/** The SQL text of the statement that failed, or undefined when the error did not come from a statement. */
export function failingStatement(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("statement" in error)) return undefined;
  return typeof error.statement === "string" ? error.statement : undefined;
}

/**
 * What a driver threw, made tellable: a lost connection and a full disk become KitErrors that say so; anything else stays the
 * driver's own error, so that its code can be read. The statement (without its values) is remembered for `failingStatement`.
 */
export function explainDriverError(error: unknown, statement?: string): unknown {
  const explained = withKind(error);
  if (statement !== undefined && explained instanceof Error) {
    // Not enumerable: error pages and loggers that print an error's own fields must not show SQL.
    Object.defineProperty(explained, "statement", { value: statement, configurable: true });
  }
  return explained;
}

/** Whether the server went away, or cannot be reached. */
export function isConnectionLost(error: unknown): boolean {
  return lostCodes.has(codeOf(error)) || lostTexts.test(reasonOf(error));
}

function withKind(error: unknown): unknown {
  if (fullCodes.has(codeOf(error))) return databaseFull({ cause: error });
  if (isConnectionLost(error)) return databaseUnavailable({ cause: error });
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

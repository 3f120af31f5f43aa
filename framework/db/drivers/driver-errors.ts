import { codeOf, reasonOf } from "../../base/index.ts";
import { databaseFull, databaseUnavailable } from "./errors.ts";
import { unstorable } from "./refuse-unstorable.ts";
import { fitsConstraint } from "./sqlite-query-compiler.ts";

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

/** Serialization failures and deadlocks: nothing was written, and retrying the transaction may succeed. */
const conflictCodes = new Set(["40001", "40P01", "ER_LOCK_DEADLOCK", "ER_CHECKREAD", "SQLITE_BUSY_SNAPSHOT"]);

// PostgreSQL: too long, out of range, not a date, not a character, not of this type. MySQL and MariaDB: the same in their words.
const unstorableCodes = new Set([
  "22001",
  "22003",
  "22007",
  "22008",
  "22021",
  "22P02",
  "22P05",
  "ER_DATA_TOO_LONG",
  "ER_DATA_OUT_OF_RANGE",
  "ER_WARN_DATA_OUT_OF_RANGE",
  "ER_TRUNCATED_WRONG_VALUE",
  "ER_TRUNCATED_WRONG_VALUE_FOR_FIELD",
  "ER_INVALID_CHARACTER_STRING",
  "WARN_DATA_TRUNCATED",
  "SQLITE_MISMATCH",
  "SQLITE_TOOBIG",
]);

// PostgreSQL: class 08 (connection exception), 57P0x (server shutting down or starting up), 53300 (too many connections).
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

// Reported without a code: the first four by pg 8, the last by mysql2 3 when it rolls back a transaction whose connection broke.
const lostTexts =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection|Can't add new command when connection is in closed state)/;

/** Whether a write failed because a unique value is already taken. Works the same on all databases. */
export function isUniqueViolation(error: unknown): boolean {
  return uniqueCodes.has(codeOf(error));
}

/** Whether a write failed because it references a missing row, or because other rows still reference the deleted one. */
export function isForeignKeyViolation(error: unknown): boolean {
  return foreignKeyCodes.has(codeOf(error));
}

/** Whether a transaction failed because of another one (deadlock, serialization failure). Retrying it may succeed. */
export function isTransactionConflict(error: unknown): boolean {
  return conflictCodes.has(codeOf(error));
}

/** Whether another process has the SQLite database locked. Waiting helps, unlike with a stale snapshot. */
export function isLocked(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith("SQLITE_BUSY") && code !== "SQLITE_BUSY_SNAPSHOT";
}

/** The SQL of the statement that failed, or undefined if the error didn't come from a statement. */
export function failingStatement(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("statement" in error)) return undefined;
  return typeof error.statement === "string" ? error.statement : undefined;
}

/**
 * Turns a driver's error for a lost connection, a full disk or a value that its column can't hold into a KitError; any other error stays
 * as it is, so that its code can be read. Attaches the statement (without its values) for `failingStatement`.
 */
export function explainDriverError(error: unknown, statement?: string): unknown {
  const explained = withKind(error, statement);
  if (statement !== undefined && explained instanceof Error) {
    // Not enumerable, so that error pages and loggers that print an error's own fields don't show SQL.
    Object.defineProperty(explained, "statement", { value: statement, configurable: true });
  }
  return explained;
}

/** Why a database refused a statement, in its own words. */
export function refusalOf(error: unknown): string {
  const isExplained = codeOf(error) === "DB_VALUE_REFUSED" || codeOf(error) === "DB_VALUE_UNMATCHABLE";
  return reasonOf(isExplained && error instanceof Error ? error.cause : error);
}

/** Whether the connection broke or the server is unreachable. */
export function isConnectionLost(error: unknown): boolean {
  return lostCodes.has(codeOf(error)) || lostTexts.test(reasonOf(error));
}

function withKind(error: unknown, statement = ""): unknown {
  if (fullCodes.has(codeOf(error))) return databaseFull({ cause: error });
  if (isConnectionLost(error)) return databaseUnavailable({ cause: error });
  if (isUnstorable(error)) return unstorable({ sql: statement, reason: reasonOf(error), cause: error });
  return error;
}

function isUnstorable(error: unknown): boolean {
  const isMisfit = codeOf(error) === "SQLITE_CONSTRAINT_CHECK" && reasonOf(error).endsWith(fitsConstraint);
  return isMisfit || unstorableCodes.has(codeOf(error));
}

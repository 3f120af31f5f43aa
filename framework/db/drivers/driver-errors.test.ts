import { describe, expect, it } from "vitest";
import {
  explainDriverError,
  failingStatement,
  isConnectionLost,
  isForeignKeyViolation,
  isLocked,
  isTransactionConflict,
  isUniqueViolation,
  refusalOf,
} from "./driver-errors.ts";

const withCode = (code: string, text = "failed") => Object.assign(new Error(text), { code });

describe("isUniqueViolation", () => {
  it.each(["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505", "ER_DUP_ENTRY"])("knows %s", (code) => {
    expect(isUniqueViolation(withCode(code))).toBe(true);
  });

  it("takes no other error for one", () => {
    const others = [withCode("23503"), new Error("UNIQUE"), undefined, "23505"];

    expect(others.map(isUniqueViolation)).toEqual([false, false, false, false]);
  });
});

describe("isForeignKeyViolation", () => {
  it.each([
    "SQLITE_CONSTRAINT_FOREIGNKEY",
    "23503",
    "ER_NO_REFERENCED_ROW",
    "ER_NO_REFERENCED_ROW_2",
    "ER_ROW_IS_REFERENCED",
    "ER_ROW_IS_REFERENCED_2",
  ])("knows %s", (code) => {
    expect(isForeignKeyViolation(withCode(code))).toBe(true);
  });

  it("takes no other error for one", () => {
    expect(isForeignKeyViolation(withCode("23505"))).toBe(false);
  });
});

describe("isTransactionConflict", () => {
  it.each(["40001", "40P01", "ER_LOCK_DEADLOCK", "ER_CHECKREAD", "SQLITE_BUSY_SNAPSHOT"])("knows %s", (code) => {
    expect(isTransactionConflict(withCode(code))).toBe(true);
  });

  it("takes no other error for one", () => {
    expect(isTransactionConflict(withCode("SQLITE_BUSY"))).toBe(false);
  });
});

describe("explainDriverError for a value that a column can't hold", () => {
  it.each(["22001", "22003", "22P02", "ER_DATA_TOO_LONG", "ER_WARN_DATA_OUT_OF_RANGE", "SQLITE_MISMATCH"])(
    "makes %s the visitor's mistake, and keeps the database's own words",
    (code) => {
      const cause = withCode(code, "too long for column title");

      const written = explainDriverError(cause, 'insert into "notes" …');
      const read = explainDriverError(cause, " SELECT 1");

      expect(written).toMatchObject({ code: "DB_VALUE_REFUSED", status: 422, cause });
      expect(read).toMatchObject({ code: "DB_VALUE_UNMATCHABLE", status: 404, cause });
      expect([refusalOf(written), refusalOf(read), refusalOf(cause)]).toEqual(Array(3).fill(cause.message));
    },
  );

  it("knows our own checks on SQLite, and leaves those of an app alone", () => {
    const ours = withCode("SQLITE_CONSTRAINT_CHECK", "CHECK constraint failed: buffkit_fits");
    const own = withCode("SQLITE_CONSTRAINT_CHECK", "CHECK constraint failed: price > 0");

    expect(explainDriverError(ours, "insert")).toMatchObject({ code: "DB_VALUE_REFUSED" });
    expect(explainDriverError(own, "insert")).toBe(own);
  });
});

describe("isLocked", () => {
  it("knows a lock that goes away, and not a snapshot that stays stale", () => {
    const codes = ["SQLITE_BUSY", "SQLITE_BUSY_RECOVERY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED", "40001"];

    expect(codes.map((code) => isLocked(withCode(code)))).toEqual([true, true, false, false, false]);
  });
});

describe("isConnectionLost", () => {
  it.each([
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
  ])("knows %s", (code) => {
    expect(isConnectionLost(withCode(code))).toBe(true);
  });

  it.each([
    "Connection terminated unexpectedly",
    "timeout exceeded when trying to connect",
    "Client has encountered a connection error and is not queryable",
    "Can't add new command when connection is in closed state",
  ])("knows the text %j, which has no code", (text) => {
    expect(isConnectionLost(new Error(text))).toBe(true);
  });

  it("takes no other error for one", () => {
    const others = [withCode("23505"), new Error("It said: Connection terminated"), undefined];

    expect(others.map(isConnectionLost)).toEqual([false, false, false]);
  });
});

describe("explainDriverError", () => {
  it.each([
    ["SQLITE_FULL", "DB_FULL", 507],
    ["53100", "DB_FULL", 507],
    ["ER_DISK_FULL", "DB_FULL", 507],
    ["ER_RECORD_FILE_FULL", "DB_FULL", 507],
    ["ECONNRESET", "DB_UNAVAILABLE", 503],
  ])("explains %s as %s with status %i, and keeps the cause", (code, expected, status) => {
    const cause = withCode(code);

    expect(explainDriverError(cause)).toMatchObject({ code: expected, status, cause });
  });

  it("keeps any other error, so that its code can be read", () => {
    const error = withCode("23505");

    expect(explainDriverError(error, "insert into a")).toBe(error);
  });

  it("attaches the statement where error pages and logs don't look", () => {
    const error = explainDriverError(withCode("23505"), "insert into a");

    expect(failingStatement(error)).toBe("insert into a");
    expect(Object.keys(error as object)).toEqual(["code"]);
  });

  it("replaces the statement when a later one fails with the same error", () => {
    const error = withCode("23505");

    explainDriverError(error, "first");
    explainDriverError(error, "second");

    expect(failingStatement(error)).toBe("second");
  });

  it("leaves what isn't an error alone", () => {
    expect(explainDriverError("text", "select 1")).toBe("text");
  });
});

describe("failingStatement", () => {
  it("finds none in an error that didn't come from a statement", () => {
    const odd = Object.assign(new Error("failed"), { statement: 1 });

    expect([new Error("failed"), odd, { statement: "select 1" }, undefined].map(failingStatement)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

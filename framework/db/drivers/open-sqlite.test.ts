import { describe, expect, it } from "vitest";
import { checkSqliteDriver, isNotBuilt } from "./open-sqlite.ts";

describe("checkSqliteDriver", () => {
  it("rejects the version that would crash Node 20, with instructions", () => {
    expect(() => checkSqliteDriver({ driverVersion: "13.2.0", nodeVersion: "20.20.0" })).toThrow(
      expect.objectContaining({ code: "DB_SQLITE_DRIVER_TOO_NEW", hint: expect.stringContaining("better-sqlite3@12") }),
    );
  });

  it("accepts other versions", () => {
    expect(() => checkSqliteDriver({ driverVersion: "12.11.1", nodeVersion: "20.20.0" })).not.toThrow();
    expect(() => checkSqliteDriver({ driverVersion: "13.2.0", nodeVersion: "22.1.0" })).not.toThrow();
  });
});

describe("isNotBuilt", () => {
  it("recognizes a binary that is missing or was built for another Node version", () => {
    expect(isNotBuilt(new Error("Could not locate the bindings file. Tried: …"))).toBe(true);
    expect(isNotBuilt(Object.assign(new Error("x"), { code: "ERR_DLOPEN_FAILED" }))).toBe(true);
    expect(isNotBuilt(new Error("unable to open database file"))).toBe(false);
    expect(isNotBuilt("locate the bindings file")).toBe(false);
  });
});

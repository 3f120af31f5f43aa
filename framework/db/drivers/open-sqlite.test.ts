import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { openDatabase } from "../open-database.ts";
import { checkSqliteDriver, isNotBuilt, openSqlite } from "./open-sqlite.ts";

describe("checkSqliteDriver", () => {
  it("rejects the version that would crash Node 20, with instructions", () => {
    expect(() => checkSqliteDriver({ driverVersion: "13.2.0", nodeVersion: "20.20.0" })).toThrow(
      expect.objectContaining({ code: "DB_SQLITE_DRIVER_TOO_NEW", hint: expect.stringContaining("better-sqlite3@12") }),
    );
  });

  it("accepts other versions", () => {
    expect(() => checkSqliteDriver({ driverVersion: "12.11.1", nodeVersion: "20.20.0" })).not.toThrow();
    expect(() => checkSqliteDriver({ driverVersion: "13.2.0", nodeVersion: "22.1.0" })).not.toThrow();
    expect(() => checkSqliteDriver({ driverVersion: "13.0.0", nodeVersion: "21.9.0" })).toThrow(/would crash/);
    expect(() => checkSqliteDriver({ driverVersion: "14.0.0", nodeVersion: "20.19.0" })).toThrow(/would crash/);
  });
});

describe("isNotBuilt", () => {
  it("recognizes a binary that is missing or was built for another Node version", () => {
    expect(isNotBuilt(new Error("Could not locate the bindings file. Tried: …"))).toBe(true);
    expect(isNotBuilt(Object.assign(new Error("x"), { code: "ERR_DLOPEN_FAILED" }))).toBe(true);
    expect(isNotBuilt(new Error("… using NODE_MODULE_VERSION 115 …"))).toBe(true);
    expect(isNotBuilt(new Error("unable to open database file"))).toBe(false);
    expect(isNotBuilt("locate the bindings file")).toBe(false);
  });
});

describe("openSqlite", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "buffkit-open-sqlite-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("sets the handle that writes up for safety, and never lets SQLite itself wait", async () => {
    const db = await openDatabase(`sqlite:${join(folder, "app.db")}`, { log: silentLogger });
    const read = async (name: string) =>
      Object.values((await sql`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];

    const names = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only"];
    const values = [];
    for (const name of names) values.push(await read(name));

    // Synchronous: 1 is NORMAL.
    expect(values).toEqual(["wal", 1, 1, 0, 0]);
    await db.destroy();
  });

  it("has further handles that only read", async () => {
    const dialect = await openSqlite({ file: join(folder, "app.db"), setting: "DATABASE_URL", waitMs: 1000 });
    const db = new Kysely<{ pragma_query_only: { query_only: number }; pragma_busy_timeout: { timeout: number } }>({
      dialect,
    });

    expect(await db.selectFrom("pragma_query_only").selectAll().execute()).toEqual([{ query_only: 1 }]);
    expect(await db.selectFrom("pragma_busy_timeout").selectAll().execute()).toEqual([{ timeout: 0 }]);
    const streamed = [];
    for await (const row of db.selectFrom("pragma_query_only").selectAll().stream()) streamed.push(row);
    expect(streamed).toEqual([{ query_only: 1 }]);
    await db.destroy();
  });

  it("has one handle for a database in memory, which reads and writes", async () => {
    const dialect = await openSqlite({ file: ":memory:", setting: "DATABASE_URL", waitMs: 1000 });
    const db = new Kysely<{ pragma_query_only: { query_only: number } }>({ dialect });

    expect(await db.selectFrom("pragma_query_only").selectAll().execute()).toEqual([{ query_only: 0 }]);
    expect(await readdir(folder)).toEqual([]);
    await db.destroy();
  });

  it("closes all its handles", async () => {
    const db = await openDatabase(`sqlite:${join(folder, "app.db")}`, { log: silentLogger });
    await sql`create table a (b)`.execute(db);

    await db.destroy();

    // With the last handle, SQLite deletes the files of its log.
    expect(await readdir(folder)).toEqual(["app.db"]);
  });
});

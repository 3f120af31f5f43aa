import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { services } from "../test-support/services.ts";
import { openDatabase } from "./open-database.ts";
import { checkSqliteDriver, isNotBuilt } from "./open-sqlite.ts";

describe("openDatabase", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "buffkit-db-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("makes the folder of an SQLite file, and turns on its log and foreign keys", async () => {
    const file = join(folder, "deep/er/app.db");

    const db = await openDatabase(`sqlite:${file}`);

    expect(existsSync(file)).toBe(true);
    expect((await sql`pragma journal_mode`.execute(db)).rows).toEqual([{ journal_mode: "wal" }]);
    expect((await sql`pragma foreign_keys`.execute(db)).rows).toEqual([{ foreign_keys: 1 }]);
    await db.destroy();
  });

  it("refuses a server that does not answer, hiding the password", async () => {
    const opened = openDatabase("postgres://me:hunter2@127.0.0.1:1/app", { log: silentLogger });

    const error = await opened.catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: "DB_UNREACHABLE", message: expect.stringContaining("DATABASE_URL") });
    expect(String(error)).toContain("postgres://me:***@127.0.0.1:1/app");
    expect(String(error)).not.toContain("hunter2");
  });

  it("refuses a MySQL server that does not answer likewise", async () => {
    const opened = openDatabase("mysql://me:hunter2@127.0.0.1:1/app", { log: silentLogger });

    await expect(opened).rejects.toThrow(/^DATABASE_URL: .*mysql:\/\/me:\*\*\*@127\.0\.0\.1:1\/app.*ECONNREFUSED/);
  });

  it.skipIf(services.postgres === null)("refuses a database that does not exist, naming it", async () => {
    const url = new URL(services.postgres ?? "");
    url.pathname = "/nowhere_at_all";

    await expect(openDatabase(url.href)).rejects.toThrow(/nowhere_at_all/);
  });

  it("refuses an SQLite file that is a folder", async () => {
    await expect(openDatabase(`sqlite:${folder}`)).rejects.toThrow(
      expect.objectContaining({ code: "DB_UNREACHABLE", message: expect.stringContaining(folder) }),
    );
  });

  it("waits without blocking the process while another one has SQLite locked", async () => {
    const url = `sqlite:${folder}/app.db`;
    const [first, second] = [await openDatabase(url), await openDatabase(url, { lockWaitMs: 5000 })];
    await sql`create table notes (n integer)`.execute(first);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);

    const written = first.transaction().execute(async (trx) => {
      await sql`insert into notes values (1)`.execute(trx);
      const other = sql`insert into notes values (2)`.execute(second).then(() => "written");
      const ticked = new Promise((resolve) => setTimeout(resolve, 50, "waiting"));
      expect(await Promise.race([other, ticked])).toBe("waiting");
      return { other };
    });
    const { other } = await written;

    expect(await other).toBe("written");
    expect(turns).toBeGreaterThan(10);
    clearInterval(timer);
    await Promise.all([first.destroy(), second.destroy()]);
  });

  it("gives up on a lock after the time it was told, as something that may be tried again", async () => {
    const url = `sqlite:${folder}/app.db`;
    const [first, second] = [await openDatabase(url), await openDatabase(url, { lockWaitMs: 30 })];

    await first.transaction().execute(async () => {
      const begun = second.transaction().execute(async () => undefined);
      await expect(begun).rejects.toThrow(expect.objectContaining({ code: "DB_BUSY", status: 503 }));
    });

    await Promise.all([first.destroy(), second.destroy()]);
  });
});

describe("checkSqliteDriver", () => {
  it("refuses the version that would crash Node 20, in words", () => {
    expect(() => checkSqliteDriver({ driverVersion: "13.2.0", nodeVersion: "20.20.0" })).toThrow(
      expect.objectContaining({ code: "DB_SQLITE_DRIVER_TOO_NEW", hint: expect.stringContaining("better-sqlite3@12") }),
    );
  });

  it("lets the others pass", () => {
    checkSqliteDriver({ driverVersion: "12.11.1", nodeVersion: "20.20.0" });
    checkSqliteDriver({ driverVersion: "13.2.0", nodeVersion: "22.1.0" });
  });
});

describe("isNotBuilt", () => {
  it("recognises a binary that is missing or made for another Node", () => {
    expect(isNotBuilt(new Error("Could not locate the bindings file. Tried: …"))).toBe(true);
    expect(isNotBuilt(Object.assign(new Error("x"), { code: "ERR_DLOPEN_FAILED" }))).toBe(true);
    expect(isNotBuilt(new Error("unable to open database file"))).toBe(false);
  });
});

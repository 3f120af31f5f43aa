import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { services } from "../test-support/services.ts";
import { openDatabase } from "./open-database.ts";

describe("openDatabase", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "buffkit-db-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("creates the folder of an SQLite file, and turns on WAL mode and foreign keys", async () => {
    const file = join(folder, "deep/er/app.db");

    const db = await openDatabase(`sqlite:${file}`);

    expect(existsSync(file)).toBe(true);
    expect((await sql`pragma journal_mode`.execute(db)).rows).toEqual([{ journal_mode: "wal" }]);
    expect((await sql`pragma foreign_keys`.execute(db)).rows).toEqual([{ foreign_keys: 1 }]);
    await db.destroy();
  });

  it("rejects when the server doesn't answer, and hides the password", async () => {
    const opened = openDatabase("postgres://me:hunter2@127.0.0.1:1/app", { log: silentLogger });

    const error = await opened.catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: "DB_UNREACHABLE", message: expect.stringContaining("DATABASE_URL") });
    expect(String(error)).toContain("postgres://me:***@127.0.0.1:1/app");
    expect(String(error)).not.toContain("hunter2");
  });

  it("rejects when a MySQL server doesn't answer too", async () => {
    const opened = openDatabase("mysql://me:hunter2@127.0.0.1:1/app", { log: silentLogger });

    await expect(opened).rejects.toThrow(/^DATABASE_URL: .*mysql:\/\/me:\*\*\*@127\.0\.0\.1:1\/app.*ECONNREFUSED/);
  });

  it.skipIf(services.postgres === null)("rejects when the database doesn't exist, and names it", async () => {
    const url = new URL(services.postgres ?? "");
    url.pathname = "/nowhere_at_all";

    await expect(openDatabase(url.href)).rejects.toThrow(/nowhere_at_all/);
  });

  it("rejects when the SQLite file is a folder", async () => {
    await expect(openDatabase(`sqlite:${folder}`)).rejects.toThrow(
      expect.objectContaining({ code: "DB_UNREACHABLE", message: expect.stringContaining(folder) }),
    );
  });

  it.each(["/proc/nowhere/app.db", "/dev/null/data/app.db"])(
    "rejects when nobody can create the file %s",
    async (file) => {
      await expect(openDatabase(`sqlite:${file}`)).rejects.toMatchObject({
        code: "DB_UNREACHABLE",
        message: expect.stringContaining(`DATABASE_URL: cannot open the database at sqlite:${file}`),
        hint: expect.stringContaining("the folder"),
      });
    },
  );

  it("waits for an SQLite lock of another process without blocking its own", async () => {
    const url = `sqlite:${folder}/app.db`;
    const [first, second] = [await openDatabase(url), await openDatabase(url, { lockWaitMs: 5000 })];
    await sql`create table notes (n integer)`.execute(first);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);

    const { other, during } = await first.transaction().execute(async (trx) => {
      await sql`insert into notes values (1)`.execute(trx);
      let state = "waiting";
      const other = sql`insert into notes values (2)`.execute(second).then(() => {
        state = "written";
      });
      await expect.poll(() => turns).toBeGreaterThan(10);
      return { other, during: state };
    });
    await other;
    clearInterval(timer);

    const { rows } = await sql`select n from notes order by n`.execute(first);
    expect([during, rows]).toEqual(["waiting", [{ n: 1 }, { n: 2 }]]);
    await Promise.all([first.destroy(), second.destroy()]);
  });

  it("gives up on a lock after the configured time, with a status that invites a retry", async () => {
    const url = `sqlite:${folder}/app.db`;
    const [first, second] = [await openDatabase(url), await openDatabase(url, { lockWaitMs: 30 })];

    await first.transaction().execute(async () => {
      const begun = second.transaction().execute(async () => undefined);
      await expect(begun).rejects.toThrow(expect.objectContaining({ code: "DB_BUSY", status: 503 }));
    });

    await Promise.all([first.destroy(), second.destroy()]);
  });
});

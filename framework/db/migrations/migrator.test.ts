import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onServer } from "../conformance/database-subject.ts";
import { migratorChecks, transactionalMigratorChecks } from "../conformance/migrator-conformance.ts";
import type { Database } from "../database.ts";
import { openDatabase } from "../open-database.ts";
import { frameworkMigrations, type Migration } from "./migration-files.ts";
import { createMigrator } from "./migrator.ts";

describe("createMigrator on SQLite", () => {
  it.each(migratorChecks(onServer("sqlite:")))("$name", ({ run }) => run());
});

describe("createMigrator on SQLite, whose schema changes are transactional", () => {
  it.each(transactionalMigratorChecks(onServer("sqlite:")))("$name", ({ run }) => run());
});

describe("createMigrator while another process holds the SQLite file", () => {
  let folder: string;
  let holder: Database;
  let db: Database;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "buffkit-locked-"));
    holder = await openDatabase(`sqlite:${folder}/app.db`);
    db = await openDatabase(`sqlite:${folder}/app.db`, { lockWaitMs: 20 });
  });

  afterEach(async () => {
    await Promise.all([holder.destroy(), db.destroy()]);
    await rm(folder, { recursive: true, force: true });
  });

  it("waits longer for its turn than a query would", async () => {
    const applied = await holder.transaction().execute(async () => {
      const waiting = createMigrator(db, { folders: [frameworkMigrations()] }).up();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { waiting };
    });

    expect(await applied.waiting).toContain("0001_accounts");
  });

  it("never runs a migration twice that runs outside a transaction, because it may have done half of its work", async () => {
    const other = new Sqlite(join(folder, "app.db"));
    let runs = 0;
    const half: Migration = {
      transaction: false,
      async up(on) {
        runs += 1;
        await sql`create table if not exists half (n integer)`.execute(on);
        other.exec("begin immediate");
        await sql`insert into half values (1)`.execute(on).finally(() => other.exec("rollback"));
      },
    };

    await expect(createMigrator(db, { migrations: { "1_half": half } }).up()).rejects.toMatchObject({
      code: "DB_BUSY",
    });

    expect(runs).toBe(1);
    other.close();
  });

  it("waits for its turn to note the checksum of a migration that it has applied", async () => {
    const other = new Sqlite(join(folder, "app.db"));
    let isTaken = false;
    const busy = await openDatabase(`sqlite:${folder}/app.db`, {
      lockWaitMs: 20,
      onQuery({ query }) {
        if (query.sql !== "commit" || isTaken) return;
        isTaken = true;
        other.exec("begin immediate");
        setTimeout(() => other.exec("commit"), 150);
      },
    });
    const migrations = join(folder, "migrations");
    await mkdir(migrations);
    await writeFile(join(migrations, "1_a.mjs"), "export const up = async () => {};\n");

    const applied = await createMigrator(busy, { folders: [migrations] }).up();

    const rows = await sql<{ checksum: string }>`select checksum from schema_migrations`.execute(db);
    expect([isTaken, applied]).toEqual([true, ["1_a"]]);
    expect(rows.rows).toEqual([{ checksum: expect.stringMatching(/^mjs:[0-9a-f]{64}$/) }]);
    other.close();
    await busy.destroy();
  });

  it("reports that another process is migrating when its turn doesn't come", async () => {
    await holder.transaction().execute(async () => {
      const applied = createMigrator(db, { folders: [frameworkMigrations()], lockWaitMs: 50 }).up();

      await expect(applied).rejects.toThrow(expect.objectContaining({ code: "DB_MIGRATION_LOCKED" }));
    });
  });
});

describe("createMigrator with folders", () => {
  const ours = frameworkMigrations();
  const source = "export const up = async () => {};\n";
  let folder: string;
  let db: Database;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "buffkit-migrations-"));
    db = await openDatabase("sqlite::memory:");
  });

  afterEach(async () => {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it("applies the migrations of the framework and the app together", async () => {
    await writeFile(join(folder, "20260101000000_cards.mjs"), source);

    const applied = await createMigrator(db, { folders: [ours, folder] }).up();

    expect(applied.slice(0, 3)).toEqual(["0001_accounts", "0002_security", "0003_jobs"]);
    expect(applied.at(-1)).toBe("20260101000000_cards");
  });

  it("undoes the framework's own migrations too", async () => {
    const migrator = createMigrator(db, { folders: [ours] });
    const applied = await migrator.up();

    expect(await migrator.down(99)).toEqual([...applied].reverse());
  });

  it("reports a file that was edited after it was applied", async () => {
    const file = join(folder, "1_a.mjs");
    await writeFile(file, source);
    const migrator = createMigrator(db, { folders: [folder] });
    await migrator.up();
    expect((await migrator.status()).problems).toEqual([]);

    await writeFile(file, `${source}// more\n`);

    expect((await migrator.status()).problems).toMatchObject([{ kind: "edited", name: "1_a" }]);
  });

  it("takes other line ends and a byte order mark for the same file, also where an earlier version recorded them", async () => {
    const file = join(folder, "1_a.mjs");
    const windows = `\uFEFF${source.replaceAll("\n", "\r\n")}`;
    await writeFile(file, source);
    const migrator = createMigrator(db, { folders: [folder] });
    await migrator.up();

    await writeFile(file, windows);
    expect((await migrator.status()).problems).toEqual([]);

    const recorded = `mjs:${createHash("sha256").update(windows).digest("hex")}`;
    await sql`update schema_migrations set checksum = ${recorded}`.execute(db);
    await writeFile(file, source);
    expect((await migrator.status()).problems).toEqual([]);
    await writeFile(file, `${windows}// more`);
    expect((await migrator.status()).problems).toMatchObject([{ kind: "edited" }]);
  });

  it("ignores declarations, tests and files that aren't code", async () => {
    const others = ["1_a.d.ts", "1_a.test.mjs", "1_a.mjs.map", "readme.md"];
    await Promise.all(others.map((file) => writeFile(join(folder, file), "")));

    expect((await createMigrator(db, { folders: [folder] }).status()).entries).toEqual([]);
  });

  it("refuses a file without `up`, and names it", async () => {
    await writeFile(join(folder, "1_empty.mjs"), "export const down = async () => {};");

    const status = createMigrator(db, { folders: [folder] }).status();

    await expect(status).rejects.toThrow(/1_empty\.mjs: it doesn't export a function `up`/);
  });

  it("refuses two files with the same name", async () => {
    await writeFile(join(folder, "0001_accounts.mjs"), source);

    await expect(createMigrator(db, { folders: [ours, folder] }).status()).rejects.toThrow(
      expect.objectContaining({ code: "DB_MIGRATION_NAME_TWICE" }),
    );
  });

  it("refuses a folder that doesn't exist", async () => {
    await expect(createMigrator(db, { folders: [join(folder, "none")] }).status()).rejects.toThrow(
      expect.objectContaining({ code: "DB_MIGRATION_FOLDER_MISSING" }),
    );
  });
});

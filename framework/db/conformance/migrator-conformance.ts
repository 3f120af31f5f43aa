import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../../test-support/scratch-database.ts";
import { columnsFor } from "../columns.ts";
import type { Database } from "../database.ts";
import type { Migration } from "../migrations/migration-files.ts";
import { createMigrator } from "../migrations/migrator.ts";
import { openDatabase } from "../open-database.ts";

/** What the migrator must do on every database. */
export function describeMigrator(name: string, serverUrl: string): void {
  describe(`createMigrator on ${name}`, () => {
    let scratch: ScratchDatabase;
    let db: Database;

    beforeEach(async () => {
      scratch = await createScratchDatabase(serverUrl);
      db = await openDatabase(scratch.url, { log: silentLogger });
    });

    afterEach(async () => {
      await db.destroy();
      await scratch.drop();
    });

    const migratorOf = (migrations: Record<string, Migration>) => createMigrator(db, { migrations });
    const tables = async () =>
      (await db.introspection.getTables()).map((table) => table.name).filter((table) => !/^schema_|_lock$/.test(table));

    it("applies pending migrations once, in order of their names", async () => {
      const migrator = migratorOf({ "2_second": creating("second"), "1_first": creating("first") });

      expect(await migrator.up()).toEqual(["1_first", "2_second"]);

      expect(await migrator.up()).toEqual([]);
      expect(await migrator.status()).toMatchObject({
        pending: [],
        problems: [],
        entries: [
          { name: "1_first", appliedAt: expect.stringMatching(/Z$/) },
          { name: "2_second", appliedAt: expect.any(String) },
        ],
      });
    });

    it("tells a migration which database it runs on", async () => {
      const found: string[] = [];
      const inspecting: Migration = { up: async (trx) => void found.push(columnsFor(trx).dialect) };

      await migratorOf({ "1_inspecting": inspecting }).up();

      expect(found).toEqual([db.dialect]);
    });

    it("records applied migrations in a table of any name", async () => {
      const migrator = createMigrator(db, { migrations: { "1_first": creating("first") }, table: "ledger" });

      await migrator.up();

      expect(await tables()).toEqual(["first", "ledger"]);
      expect((await migrator.status()).pending).toEqual([]);
    });

    it("undoes as many migrations as requested, newest first", async () => {
      const migrator = migratorOf({ "1_a": creating("a"), "2_b": creating("b"), "3_c": creating("c") });
      await migrator.up();

      expect(await migrator.down(2)).toEqual(["3_c", "2_b"]);

      expect(await tables()).toEqual(["a"]);
      expect((await migrator.status()).pending).toEqual(["2_b", "3_c"]);
    });

    it("undoes nothing if one of the migrations can't be undone", async () => {
      const { up } = creating("a");
      const migrator = migratorOf({ "1_a": { up }, "2_b": creating("b") });
      await migrator.up();

      await expect(migrator.down(2)).rejects.toThrow('"1_a" has no down migration');

      expect(await tables()).toEqual(["a", "b"]);
    });

    it("drops and rebuilds the schema on reset", async () => {
      const migrator = migratorOf({ "1_a": creating("a") });
      await migrator.up();
      await sql`insert into a (id) values ('x')`.execute(db);

      expect(await migrator.reset()).toEqual(["1_a"]);

      expect((await sql`select * from a`.execute(db)).rows).toEqual([]);
    });

    it("returns the SQL of a dry run and changes nothing", async () => {
      const plans = await migratorOf({ "1_a": creating("a") }).dryRun();

      expect(plans).toMatchObject([{ name: "1_a", statements: [expect.stringMatching(/^create table .a./)] }]);
      expect(await tables()).toEqual([]);
    });

    it("reports the statement that failed, keeps earlier migrations, and runs no later ones", async () => {
      const broken: Migration = { up: async (on) => void (await sql`insert into nowhere values (1)`.execute(on)) };
      const migrator = migratorOf({ "1_a": creating("a"), "2_broken": broken, "3_c": creating("c") });

      const failure = migrator.up();

      await expect(failure).rejects.toThrow(
        /"2_broken" \(up\) failed: .*nowhere[\s\S]*insert into nowhere values \(1\)/,
      );
      expect(await tables()).toEqual(["a"]);
      expect((await migrator.status()).pending).toEqual(["2_broken", "3_c"]);
    });

    it("refuses to migrate while the file of an applied migration is missing", async () => {
      await migratorOf({ "1_a": creating("a") }).up();
      const migrator = migratorOf({ "2_b": creating("b") });

      await expect(migrator.up()).rejects.toThrow(/missing: 1_a/);

      expect((await migrator.status()).problems).toMatchObject([{ kind: "missing", name: "1_a" }]);
    });

    it("reports a migration that is older than an applied one, and applies it", async () => {
      await migratorOf({ "2_b": creating("b") }).up();
      const migrator = migratorOf({ "1_a": creating("a"), "2_b": creating("b") });

      expect((await migrator.status()).problems).toMatchObject([{ kind: "out of order", name: "1_a" }]);

      expect(await migrator.up()).toEqual(["1_a"]);
    });

    it("runs a migration outside a transaction if it says so", async () => {
      const bare: Migration = { ...creating("bare"), transaction: false };

      expect(await migratorOf({ "1_bare": bare }).up()).toEqual(["1_bare"]);
    });

    it("applies each migration once when two processes start together", async () => {
      const other = await openDatabase(scratch.url, { log: silentLogger });
      const migrations = { "1_a": creating("a"), "2_b": creating("b"), "3_c": creating("c") };

      const applied = await Promise.all([migratorOf(migrations).up(), createMigrator(other, { migrations }).up()]);

      expect(applied.flat().sort()).toEqual(["1_a", "2_b", "3_c"]);
      await other.destroy();
    });

    it("updates ten thousand rows in a few seconds", async () => {
      const rows = Array.from({ length: 10_000 }, (_, index) => ({ id: String(index) }));
      const filling: Migration = {
        async up(on) {
          const filled = on.withTables<{ a: { id: string; note: string | null } }>();
          for (let from = 0; from < rows.length; from += 500) {
            await filled
              .insertInto("a")
              .values(rows.slice(from, from + 500).map((row) => ({ ...row, note: null })))
              .execute();
          }
          await filled.updateTable("a").set({ note: "moved" }).execute();
        },
      };
      const migrator = migratorOf({ "1_a": creating("a"), "2_fill": filling });
      const startedAt = performance.now();

      await migrator.up();

      expect(performance.now() - startedAt).toBeLessThan(10_000);
      expect((await sql`select count(*) as n from a where note = 'moved'`.execute(db)).rows).toEqual([{ n: 10_000 }]);
    });
  });
}

/** What it must also do where schema changes are transactional: SQLite and PostgreSQL. */
export function describeTransactionalMigrator(name: string, serverUrl: string): void {
  describe(`createMigrator on ${name}`, () => {
    it("leaves nothing behind when a migration fails halfway", async () => {
      const scratch = await createScratchDatabase(serverUrl);
      const db = await openDatabase(scratch.url, { log: silentLogger });
      const half: Migration = {
        async up(on) {
          await creating("half").up(on);
          await sql`insert into half (id) values ('x')`.execute(on);
          throw new Error("power cut");
        },
      };

      await expect(createMigrator(db, { migrations: { "1_half": half } }).up()).rejects.toThrow("power cut");

      expect((await db.introspection.getTables()).map((table) => table.name)).not.toContain("half");
      await db.destroy();
      await scratch.drop();
    });
  });
}

function creating(table: string): Required<Pick<Migration, "up" | "down">> {
  return {
    async up(db) {
      const column = columnsFor(db);
      await db.schema
        .createTable(table)
        .addColumn("id", column.id, (id) => id.primaryKey())
        .addColumn("note", column.string())
        .execute();
    },
    async down(db) {
      await db.schema.dropTable(table).execute();
    },
  };
}

import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { columnsFor } from "./columns.ts";
import type { Database } from "./database.ts";
import type { Migration } from "./migration-files.ts";
import { createMigrator } from "./migrator.ts";
import { openDatabase } from "./open-database.ts";
import { createScratchDatabase, type ScratchDatabase } from "./scratch-database.ts";

/** What migrating must hold whatever the database. */
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

    it("applies what is pending in order of the names, once", async () => {
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

    it("tells a migration on which database it runs", async () => {
      const found: string[] = [];
      const telling: Migration = { up: async (trx) => void found.push(columnsFor(trx).dialect) };

      await migratorOf({ "1_telling": telling }).up();

      expect(found).toEqual([db.dialect]);
    });

    it("remembers in a table of the name of choice", async () => {
      const migrator = createMigrator(db, { migrations: { "1_first": creating("first") }, table: "ledger" });

      await migrator.up();

      expect(await tables()).toEqual(["first", "ledger"]);
      expect((await migrator.status()).pending).toEqual([]);
    });

    it("undoes as many as asked for, the youngest first", async () => {
      const migrator = migratorOf({ "1_a": creating("a"), "2_b": creating("b"), "3_c": creating("c") });
      await migrator.up();

      expect(await migrator.down(2)).toEqual(["3_c", "2_b"]);

      expect(await tables()).toEqual(["a"]);
      expect((await migrator.status()).pending).toEqual(["2_b", "3_c"]);
    });

    it("undoes nothing when one of them cannot be undone", async () => {
      const { up } = creating("a");
      const migrator = migratorOf({ "1_a": { up }, "2_b": creating("b") });
      await migrator.up();

      await expect(migrator.down(2)).rejects.toThrow('"1_a" has no down migration');

      expect(await tables()).toEqual(["a", "b"]);
    });

    it("empties and rebuilds the schema on reset", async () => {
      const migrator = migratorOf({ "1_a": creating("a") });
      await migrator.up();
      await sql`insert into a (id) values ('x')`.execute(db);

      expect(await migrator.reset()).toEqual(["1_a"]);

      expect((await sql`select * from a`.execute(db)).rows).toEqual([]);
    });

    it("shows the SQL of a dry run and changes nothing", async () => {
      const plans = await migratorOf({ "1_a": creating("a") }).dryRun();

      expect(plans).toMatchObject([{ name: "1_a", statements: [expect.stringMatching(/^create table .a./)] }]);
      expect(await tables()).toEqual([]);
    });

    it("shows the statement that failed, keeps the migrations before it, and runs none after it", async () => {
      const broken: Migration = { up: async (on) => void (await sql`insert into nowhere values (1)`.execute(on)) };
      const migrator = migratorOf({ "1_a": creating("a"), "2_broken": broken, "3_c": creating("c") });

      const failure = migrator.up();

      await expect(failure).rejects.toThrow(
        /"2_broken" \(up\) failed: .*nowhere[\s\S]*insert into nowhere values \(1\)/,
      );
      expect(await tables()).toEqual(["a"]);
      expect((await migrator.status()).pending).toEqual(["2_broken", "3_c"]);
    });

    it("refuses to go on while the file of an applied migration is missing", async () => {
      await migratorOf({ "1_a": creating("a") }).up();
      const migrator = migratorOf({ "2_b": creating("b") });

      await expect(migrator.up()).rejects.toThrow(/no file any more: 1_a/);

      expect((await migrator.status()).problems).toMatchObject([{ kind: "missing", name: "1_a" }]);
    });

    it("reports a migration that others have overtaken, and applies it", async () => {
      await migratorOf({ "2_b": creating("b") }).up();
      const migrator = migratorOf({ "1_a": creating("a"), "2_b": creating("b") });

      expect((await migrator.status()).problems).toMatchObject([{ kind: "out of order", name: "1_a" }]);

      expect(await migrator.up()).toEqual(["1_a"]);
    });

    it("runs a migration outside of a transaction when it asks for that", async () => {
      const bare: Migration = { ...creating("bare"), transaction: false };

      expect(await migratorOf({ "1_bare": bare }).up()).toEqual(["1_bare"]);
    });

    it("applies each migration once when two runners start together", async () => {
      const other = await openDatabase(scratch.url, { log: silentLogger });
      const migrations = { "1_a": creating("a"), "2_b": creating("b"), "3_c": creating("c") };

      const applied = await Promise.all([migratorOf(migrations).up(), createMigrator(other, { migrations }).up()]);

      expect(applied.flat().sort()).toEqual(["1_a", "2_b", "3_c"]);
      await other.destroy();
    });

    it("moves ten thousand rows in a few seconds", async () => {
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
      const begunAt = performance.now();

      await migrator.up();

      expect(performance.now() - begunAt).toBeLessThan(10_000);
      expect((await sql`select count(*) as n from a where note = 'moved'`.execute(db)).rows).toEqual([{ n: 10_000 }]);
    });
  });
}

/** What holds besides where schema changes are transactional: SQLite and PostgreSQL. */
export function describeTransactionalMigrator(name: string, serverUrl: string): void {
  describe(`createMigrator on ${name}`, () => {
    it("leaves nothing of a migration that failed half-way", async () => {
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

import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { expect } from "vitest";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  type OpenSubject,
  silentLogger,
} from "../../base/index.ts";
import { createGate } from "../../test-support/create-gate.ts";
import { columnsFor } from "../columns.ts";
import type { Database } from "../database.ts";
import type { Migration } from "../migrations/migration-files.ts";
import { createMigrator, type Migrator } from "../migrations/migrator.ts";
import { openDatabase } from "../open-database.ts";
import type { DatabaseSubject } from "./database-subject.ts";

/** What the migrator must do, as checks on the database that `open` returns. */
export function migratorChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openMigrator(await open()), rules);
}

/** What it must also do where schema changes are transactional: SQLite and PostgreSQL. */
export function transactionalMigratorChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openMigrator(await open()), transactionalRules);
}

interface Subject extends DatabaseSubject {
  readonly db: Database;
  migratorOf(migrations: Record<string, Migration>): Migrator;
  /** The names of the app's tables. */
  tables(): Promise<readonly string[]>;
}

async function openMigrator({ url, close }: DatabaseSubject): Promise<Subject> {
  const db = await openDatabase(url, { log: silentLogger });
  return {
    url,
    db,
    migratorOf: (migrations) => createMigrator(db, { migrations }),
    tables: async () =>
      (await db.introspection.getTables()).map(({ name }) => name).filter((name) => !/^schema_|_lock$/.test(name)),
    async close() {
      await db.destroy();
      await close?.();
    },
  };
}

const rules: readonly ConformanceRule<Subject>[] = [
  {
    name: "applies pending migrations once, in order of their names",
    async test({ migratorOf }) {
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
    },
  },
  {
    name: "tells apart migrations whose names differ only in case or accents, also in a ledger of an earlier version",
    async test({ db, migratorOf }) {
      await db.schema
        .createTable("schema_migrations")
        .addColumn("name", "varchar(255)", (name) => name.notNull().primaryKey())
        .addColumn("timestamp", "varchar(255)", (timestamp) => timestamp.notNull())
        .addColumn("checksum", "varchar(80)")
        .execute();
      const idle: Migration = { up: async () => undefined };

      expect(await migratorOf({ "1_a": idle, "1_A": idle, "1_ä": idle }).up()).toHaveLength(3);
    },
  },
  {
    name: "tells a migration which database it runs on",
    async test({ db, migratorOf }) {
      const found: string[] = [];
      const inspecting: Migration = { up: async (trx) => void found.push(columnsFor(trx).dialect) };

      await migratorOf({ "1_inspecting": inspecting }).up();

      expect(found).toEqual([db.dialect]);
    },
  },
  {
    name: "records applied migrations in a table of any name",
    async test({ db, tables }) {
      const migrator = createMigrator(db, { migrations: { "1_first": creating("first") }, table: "ledger" });

      await migrator.up();

      expect(await tables()).toEqual(["first", "ledger"]);
      expect((await migrator.status()).pending).toEqual([]);
    },
  },
  {
    name: "undoes as many migrations as requested, newest first",
    async test({ migratorOf, tables }) {
      const migrator = migratorOf({ "1_a": creating("a"), "2_b": creating("b"), "3_c": creating("c") });
      await migrator.up();

      expect(await migrator.down(2)).toEqual(["3_c", "2_b"]);

      expect(await tables()).toEqual(["a"]);
      expect((await migrator.status()).pending).toEqual(["2_b", "3_c"]);
    },
  },
  {
    name: "undoes the newest migration alone if no number is given, and all on reset",
    async test({ migratorOf, tables }) {
      const migrator = migratorOf({ "1_a": creating("a"), "2_b": creating("b"), "3_c": creating("c") });
      await migrator.up();

      expect(await migrator.down()).toEqual(["3_c"]);
      expect(await tables()).toEqual(["a", "b"]);
      expect(await migrator.reset()).toEqual(["1_a", "2_b", "3_c"]);
    },
  },
  {
    name: "undoes nothing if one of the migrations can't be undone",
    async test({ migratorOf, tables }) {
      const { up } = creating("a");
      const migrator = migratorOf({ "1_a": { up }, "2_b": creating("b") });
      await migrator.up();

      await expect(migrator.down(2)).rejects.toThrow('"1_a" has no down migration');

      expect(await tables()).toEqual(["a", "b"]);
    },
  },
  {
    name: "drops and rebuilds the schema on reset",
    async test({ db, migratorOf }) {
      const migrator = migratorOf({ "1_a": creating("a") });
      await migrator.up();
      await sql`insert into a (id) values ('x')`.execute(db);

      expect(await migrator.reset()).toEqual(["1_a"]);

      expect((await sql`select * from a`.execute(db)).rows).toEqual([]);
    },
  },
  {
    name: "returns the SQL of a dry run and changes nothing",
    async test({ migratorOf, tables }) {
      const plans = await migratorOf({ "1_a": creating("a") }).dryRun();

      expect(plans).toMatchObject([{ name: "1_a", statements: [expect.stringMatching(/^create table .a./)] }]);
      expect(await tables()).toEqual([]);
    },
  },
  {
    name: "shows inserts, updates, deletes and raw statements in a dry run, in order, and not what depends on rows",
    async test({ db, migratorOf, tables }) {
      const moving: Migration = {
        async up(on) {
          await creating("a").up(on);
          const notes = on.withTables<{ a: { id: string; note: string | null } }>();
          await notes.insertInto("a").values({ id: "1", note: "x" }).execute();
          await notes.updateTable("a").set({ note: null }).where("id", "=", "1").execute();
          await notes.deleteFrom("a").execute();
          for (const { id } of await notes.selectFrom("a").select("id").execute()) {
            await sql`insert into a (id) values (${id})`.execute(on);
          }
          for await (const { id } of notes.selectFrom("a").select("id").stream()) {
            await sql`insert into a (id) values (${id})`.execute(on);
          }
          await on.transaction().execute((trx) => sql`drop table a`.execute(trx));
        },
      };
      const migrator = migratorOf({ "1_moving": moving, "2_b": creating("b") });

      const plans = await migrator.dryRun();

      const firstWords = plans.map(({ name, statements }) => [name, ...statements.map((text) => text.slice(0, 6))]);
      expect(firstWords).toEqual([
        ["1_moving", "create", "insert", "update", "delete", "select", "drop t"],
        ["2_b", "create"],
      ]);
      expect(plans[0]?.statements[1]).toMatch(/^insert into .a. \(.id., .note.\) values \(/);
      expect([await tables(), (await db.introspection.getTables()).map(({ name }) => name)]).toEqual([[], []]);
    },
  },
  {
    name: "shows only what is pending in a dry run",
    async test({ migratorOf }) {
      await migratorOf({ "1_a": creating("a") }).up();

      const plans = await migratorOf({ "1_a": creating("a"), "2_b": creating("b") }).dryRun();

      expect(plans.map(({ name }) => name)).toEqual(["2_b"]);
    },
  },
  {
    name: "waits while another process applies the same migration, and applies what is left",
    async test({ url, migratorOf }) {
      const other = await openDatabase(url, { log: silentLogger, lockWaitMs: 20 });
      const [begun, go] = [createGate(), createGate()];
      const ran: string[] = [];
      const slow: Migration = {
        async up(on) {
          ran.push("first");
          await creating("a").up(on);
          begun.open();
          await go.opened;
        },
      };
      const again: Migration = { up: async () => void ran.push("again") };
      const b: Migration = {
        async up(on) {
          ran.push("b");
          await creating("b").up(on);
        },
      };
      const first = migratorOf({ "1_a": slow }).up();
      await begun.opened;

      const second = createMigrator(other, { migrations: { "1_a": again, "2_b": b } }).up();
      const early = await Promise.race([second.then(() => "ended"), delay(300, "waiting")]);
      go.open();

      expect([early, await first, await second]).toEqual(["waiting", ["1_a"], ["2_b"]]);
      expect(ran).toEqual(["first", "b"]);
      await other.destroy();
    },
  },
  {
    name: "reports the statement that failed, keeps earlier migrations, and runs no later ones",
    async test({ migratorOf, tables }) {
      const broken: Migration = { up: async (on) => void (await sql`insert into nowhere values (1)`.execute(on)) };
      const migrator = migratorOf({ "1_a": creating("a"), "2_broken": broken, "3_c": creating("c") });

      const failure = migrator.up();

      await expect(failure).rejects.toThrow(
        /"2_broken" \(up\) failed: .*nowhere[\s\S]*insert into nowhere values \(1\)/,
      );
      expect(await tables()).toEqual(["a"]);
      expect((await migrator.status()).pending).toEqual(["2_broken", "3_c"]);
    },
  },
  {
    name: "refuses to migrate while the file of an applied migration is missing",
    async test({ migratorOf }) {
      await migratorOf({ "1_a": creating("a") }).up();
      const migrator = migratorOf({ "2_b": creating("b") });

      await expect(migrator.up()).rejects.toThrow(/missing: 1_a/);

      expect((await migrator.status()).problems).toMatchObject([{ kind: "missing", name: "1_a" }]);
    },
  },
  {
    name: "reports a migration that is older than an applied one, and applies it",
    async test({ migratorOf }) {
      await migratorOf({ "2_b": creating("b") }).up();
      const migrator = migratorOf({ "1_a": creating("a"), "2_b": creating("b") });

      expect((await migrator.status()).problems).toMatchObject([{ kind: "out of order", name: "1_a" }]);

      expect(await migrator.up()).toEqual(["1_a"]);
    },
  },
  {
    name: "runs a migration outside a transaction if it says so",
    async test({ migratorOf }) {
      const bare: Migration = { ...creating("bare"), transaction: false };

      expect(await migratorOf({ "1_bare": bare }).up()).toEqual(["1_bare"]);
    },
  },
  {
    name: "applies each migration once when two processes start together",
    async test({ url, migratorOf }) {
      const other = await openDatabase(url, { log: silentLogger });
      const migrations = { "1_a": creating("a"), "2_b": creating("b"), "3_c": creating("c") };

      const applied = await Promise.all([migratorOf(migrations).up(), createMigrator(other, { migrations }).up()]);

      expect(applied.flat().sort()).toEqual(["1_a", "2_b", "3_c"]);
      await other.destroy();
    },
  },
  {
    name: "updates ten thousand rows in a few seconds",
    async test({ db, migratorOf }) {
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
    },
  },
];

const transactionalRules: readonly ConformanceRule<Subject>[] = [
  {
    name: "leaves nothing behind when a migration fails halfway",
    async test({ db }) {
      const half: Migration = {
        async up(on) {
          await creating("half").up(on);
          await sql`insert into half (id) values ('x')`.execute(on);
          throw new Error("power cut");
        },
      };

      await expect(createMigrator(db, { migrations: { "1_half": half } }).up()).rejects.toThrow("power cut");

      expect((await db.introspection.getTables()).map((table) => table.name)).not.toContain("half");
    },
  },
];

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

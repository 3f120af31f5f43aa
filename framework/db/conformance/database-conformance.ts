import { sql } from "kysely";
import { expect } from "vitest";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  type OpenSubject,
  silentLogger,
} from "../../base/index.ts";
import { columnsFor } from "../columns.ts";
import type { Database } from "../database.ts";
import { failingStatement, isForeignKeyViolation, isUniqueViolation } from "../drivers/driver-errors.ts";
import { openDatabase } from "../open-database.ts";
import type { DatabaseSubject } from "./database-subject.ts";

interface Library {
  readonly shelves: { id: string; name: string };
  readonly books: {
    id: string;
    shelf_id: string;
    title: string;
    is_lent: boolean;
    added_at: number;
    summary: string | null;
  };
}

/** What every database must do about types, defaults and errors, as checks of the one that `open` returns. */
export function databaseChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openLibrary(await open()), rules);
}

interface Subject extends DatabaseSubject {
  readonly db: Database<Library>;
  addShelf(id: string): Promise<unknown>;
}

async function openLibrary({ url, close }: DatabaseSubject): Promise<Subject> {
  const db = await openDatabase<Library>(url, { log: silentLogger });
  await createLibrary(db);
  return {
    url,
    db,
    addShelf: (id) => db.insertInto("shelves").values({ id, name: id }).execute(),
    async close() {
      await db.destroy();
      await close?.();
    },
  };
}

const rules: readonly ConformanceRule<Subject>[] = [
  {
    name: "returns booleans, timestamps and counts as the same JavaScript types on every database",
    async test({ db, addShelf }) {
      await addShelf("a");
      const book = { id: "1", shelf_id: "a", title: "Ü 😀", is_lent: true, added_at: 1_900_000_000_123, summary: null };

      await db.insertInto("books").values(book).execute();

      expect(await db.selectFrom("books").selectAll().execute()).toEqual([book]);
      const counted = db.selectFrom("books").select((row) => row.fn.countAll().as("count"));
      expect(await counted.execute()).toEqual([{ count: 1 }]);
    },
  },
  {
    name: "never takes an object or a list for part of a condition, as JSON from a visitor might be",
    async test({ db, addShelf }) {
      await addShelf("a");
      const shelvesNamed = (name: unknown) =>
        db
          .selectFrom("shelves")
          .select("id")
          .where("name", "=", name as string)
          .execute()
          .catch(() => []);

      expect(await shelvesNamed("a")).toEqual([{ id: "a" }]);
      expect(await shelvesNamed({ name: 1 })).toEqual([]);
      expect(await shelvesNamed([["a"]])).toEqual([]);
    },
  },
  {
    name: "keeps its sessions in UTC, so that no time passes through a local clock",
    async test({ db }) {
      const zones = {
        sqlite: sql<{ zone: string }>`select '+00:00' as zone`,
        postgres: sql<{ zone: string }>`select current_setting('timezone') as zone`,
        mysql: sql<{ zone: string }>`select @@session.time_zone as zone`,
      };

      const { rows } = await zones[db.dialect].execute(db);

      expect(["UTC", "+00:00"]).toContain(rows[0]?.zone);
    },
  },
  {
    name: "fills in its current time as a default",
    async test({ db }) {
      const column = columnsFor(db);
      await db.schema
        .createTable("stamps")
        .addColumn("id", column.id, (id) => id.primaryKey())
        .addColumn("at", column.timestamp, (at) => at.notNull().defaultTo(column.now()))
        .execute();
      const stamps = db.withTables<{ stamps: { id: string; at?: number } }>();

      await stamps.insertInto("stamps").values({ id: "1" }).execute();

      const [stamp] = await stamps.selectFrom("stamps").selectAll().execute();
      expect(Math.abs((stamp?.at ?? 0) - Date.now())).toBeLessThan(2000);
    },
  },
  {
    name: "distinguishes a unique violation from a foreign key violation",
    async test({ db, addShelf }) {
      await addShelf("a");

      const taken = await failureOf(addShelf("a"));
      const orphan = { id: "1", shelf_id: "?", title: "x", is_lent: false, added_at: 1, summary: null };
      const missing = await failureOf(db.insertInto("books").values(orphan).execute());

      expect([isUniqueViolation(taken), isForeignKeyViolation(taken)]).toEqual([true, false]);
      expect([isUniqueViolation(missing), isForeignKeyViolation(missing)]).toEqual([false, true]);
      expect(failingStatement(taken)).toMatch(/^insert into .shelves./);
    },
  },
];

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function createLibrary(db: Database<Library>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("shelves")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("name", column.string(), (name) => name.notNull())
    .execute();
  await db.schema
    .createTable("books")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("shelf_id", column.id, (shelf) => shelf.notNull())
    .addColumn("title", column.text, (title) => title.notNull())
    .addColumn("is_lent", column.boolean, (lent) => lent.notNull())
    .addColumn("added_at", column.timestamp, (at) => at.notNull())
    .addColumn("summary", column.text)
    .addForeignKeyConstraint("books_shelf_id_fk", ["shelf_id"], "shelves", ["id"])
    .execute();
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../../test-support/scratch-database.ts";
import { columnsFor } from "../columns.ts";
import type { Database } from "../database.ts";
import { failingStatement, isForeignKeyViolation, isUniqueViolation } from "../drivers/driver-errors.ts";
import { openDatabase } from "../open-database.ts";

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

/** What every database must do: types, defaults and errors. */
export function describeDatabase(name: string, serverUrl: string): void {
  describe(`Database on ${name}`, () => {
    let scratch: ScratchDatabase;
    let db: Database<Library>;

    beforeEach(async () => {
      scratch = await createScratchDatabase(serverUrl);
      db = await openDatabase<Library>(scratch.url, { log: silentLogger });
      await createLibrary(db);
    });

    afterEach(async () => {
      await db.destroy();
      await scratch.drop();
    });

    const addShelf = (id: string) => db.insertInto("shelves").values({ id, name: id }).execute();

    it("returns booleans, timestamps and counts as the same JavaScript types on every database", async () => {
      await addShelf("a");
      const book = { id: "1", shelf_id: "a", title: "Ü 😀", is_lent: true, added_at: 1_900_000_000_123, summary: null };

      await db.insertInto("books").values(book).execute();

      expect(await db.selectFrom("books").selectAll().execute()).toEqual([book]);
      const counted = db.selectFrom("books").select((row) => row.fn.countAll().as("count"));
      expect(await counted.execute()).toEqual([{ count: 1 }]);
    });

    it("fills in its current time as a default", async () => {
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
    });

    it("distinguishes a unique violation from a foreign key violation", async () => {
      await addShelf("a");

      const taken = await failureOf(addShelf("a"));
      const orphan = { id: "1", shelf_id: "?", title: "x", is_lent: false, added_at: 1, summary: null };
      const missing = await failureOf(db.insertInto("books").values(orphan).execute());

      expect([isUniqueViolation(taken), isForeignKeyViolation(taken)]).toEqual([true, false]);
      expect([isUniqueViolation(missing), isForeignKeyViolation(missing)]).toEqual([false, true]);
      expect(failingStatement(taken)).toMatch(/^insert into .shelves./);
    });
  });
}

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

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Logger } from "../base/index.ts";
import { silentLogger } from "../base/index.ts";
import { columnsFor } from "./columns.ts";
import type { Database } from "./database.ts";
import { failingStatement, isForeignKeyViolation, isUniqueViolation } from "./driver-errors.ts";
import { openDatabase } from "./open-database.ts";
import { createScratchDatabase, type ScratchDatabase } from "./scratch-database.ts";
import { afterCommit, isInTransaction, outsideTransaction } from "./transaction-scope.ts";

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

/** What a database must hold whatever its kind. */
export function describeDatabase(name: string, serverUrl: string): void {
  describe(`Database on ${name}`, () => {
    let scratch: ScratchDatabase;
    let db: Database<Library>;
    let errors: unknown[];

    beforeEach(async () => {
      errors = [];
      const log: Logger = { ...silentLogger, error: (facts) => void errors.push(facts) };
      scratch = await createScratchDatabase(serverUrl);
      db = await openDatabase<Library>(scratch.url, { log });
      await createLibrary(db);
    });

    afterEach(async () => {
      await db.destroy();
      await scratch.drop();
    });

    const addShelf = (id: string) => db.insertInto("shelves").values({ id, name: id }).execute();
    const shelves = async () =>
      (await db.selectFrom("shelves").select("id").orderBy("id").execute()).map(({ id }) => id);

    it("gives booleans, moments and counts the same JavaScript types everywhere", async () => {
      await addShelf("a");
      const book = { id: "1", shelf_id: "a", title: "Ü 😀", is_lent: true, added_at: 1_900_000_000_123, summary: null };

      await db.insertInto("books").values(book).execute();

      expect(await db.selectFrom("books").selectAll().execute()).toEqual([book]);
      const counted = db.selectFrom("books").select((row) => row.fn.countAll().as("count"));
      expect(await counted.execute()).toEqual([{ count: 1 }]);
    });

    it("knows its own time as a default, to a second", async () => {
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

    it("tells a taken value from a missing row", async () => {
      await addShelf("a");

      const taken = await failureOf(addShelf("a"));
      const orphan = { id: "1", shelf_id: "?", title: "x", is_lent: false, added_at: 1, summary: null };
      const missing = await failureOf(db.insertInto("books").values(orphan).execute());

      expect([isUniqueViolation(taken), isForeignKeyViolation(taken)]).toEqual([true, false]);
      expect([isUniqueViolation(missing), isForeignKeyViolation(missing)]).toEqual([false, true]);
      expect(failingStatement(taken)).toMatch(/^insert into .shelves./);
    });

    it("keeps what a transaction wrote when it commits, and nothing when it throws", async () => {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto("shelves").values({ id: "kept", name: "" }).execute();
      });

      const failed = db.transaction().execute(async (trx) => {
        await trx.insertInto("shelves").values({ id: "dropped", name: "" }).execute();
        throw new RangeError("no");
      });

      await expect(failed).rejects.toThrow(RangeError);
      expect(await shelves()).toEqual(["kept"]);
    });

    it("lets queries through the database itself join the running transaction", async () => {
      const failed = db.transaction().execute(async () => {
        await addShelf("a");
        expect(await shelves()).toEqual(["a"]);
        throw new Error("no");
      });

      await expect(failed).rejects.toThrow("no");
      expect(await shelves()).toEqual([]);
    });

    it("undoes a nested transaction alone when it throws", async () => {
      await db.transaction().execute(async () => {
        await addShelf("outer");
        const inner = db.transaction().execute(async () => {
          await addShelf("inner");
          throw new Error("no");
        });
        await expect(inner).rejects.toThrow("no");
        await db.transaction().execute(() => addShelf("second"));
      });

      expect(await shelves()).toEqual(["outer", "second"]);
    });

    it("runs nested transactions that are started together one after the other", async () => {
      await db.transaction().execute(async () => {
        const both = ["a", "b"].map((id) =>
          db.transaction().execute(async () => {
            await addShelf(id);
            if (id === "a") throw new Error("no");
          }),
        );
        await Promise.allSettled(both);
      });

      expect(await shelves()).toEqual(["b"]);
    });

    it("runs after-commit actions in order, after the rows are visible and before execute resolves", async () => {
      const seen: string[] = [];

      await db.transaction().execute(async () => {
        afterCommit(async () => void seen.push(...(await shelves())));
        afterCommit(() => void seen.push("second"));
        await addShelf("a");
        expect(seen).toEqual([]);
      });

      expect(seen).toEqual(["a", "second"]);
    });

    it("drops after-commit actions on rollback, those of a nested transaction alone with it", async () => {
      const seen: string[] = [];
      const note = (text: string) => () => void seen.push(text);

      await db.transaction().execute(async () => {
        afterCommit(note("outer"));
        const inner = db.transaction().execute(async () => {
          afterCommit(note("inner"));
          throw new Error("no");
        });
        await inner.catch(() => undefined);
        await db.transaction().execute(async () => void afterCommit(note("kept")));
        expect(seen).toEqual([]);
      });
      const failed = db.transaction().execute(async () => {
        afterCommit(note("failed"));
        throw new Error("no");
      });
      await failed.catch(() => undefined);

      expect(seen).toEqual(["outer", "kept"]);
    });

    it("runs an action at once outside of a transaction, and when the transaction has committed already", async () => {
      const seen: string[] = [];
      let late: Promise<boolean> | undefined;
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });

      const outside = afterCommit(() => void seen.push("outside"));
      await db.transaction().execute(async () => {
        late = released.then(() => afterCommit(() => void seen.push("late")));
      });
      release();

      expect([outside, await late]).toEqual([false, false]);
      expect(seen).toEqual(["outside", "late"]);
    });

    it("logs an after-commit action that fails, and runs the others all the same", async () => {
      const seen: string[] = [];

      await db.transaction().execute(async () => {
        afterCommit(() => Promise.reject(new Error("no mail today")));
        afterCommit(() => void seen.push("second"));
        await addShelf("a");
      });

      expect(seen).toEqual(["second"]);
      expect(errors).toMatchObject([{ error: { message: "no mail today" } }]);
    });

    it("keeps its promises under an isolation level of choice", async () => {
      const seen: string[] = [];

      await db
        .transaction()
        .setIsolationLevel("serializable")
        .execute(async () => {
          afterCommit(() => void seen.push("committed"));
          await addShelf("a");
        });

      expect(seen).toEqual(["committed"]);
    });

    it("refuses a hand-driven transaction inside of another one", async () => {
      const nested = db.transaction().execute(() => db.startTransaction().execute());

      await expect(nested).rejects.toThrow(expect.objectContaining({ code: "DB_CONTROLLED_INSIDE_TRANSACTION" }));
      await addShelf("a");
      expect(await shelves()).toEqual(["a"]);
    });

    it("still offers hand-driven transactions", async () => {
      const trx = await db.startTransaction().execute();
      await trx.insertInto("shelves").values({ id: "a", name: "" }).execute();
      await trx.rollback().execute();

      expect(await shelves()).toEqual([]);
    });

    it("knows whether it is inside a transaction, and can step out of it", async () => {
      const answers: boolean[] = [isInTransaction()];

      await db.transaction().execute(async () => {
        answers.push(isInTransaction(), outsideTransaction(isInTransaction));
      });

      expect(answers).toEqual([false, true, false]);
    });

    it("serves many transactions at once without mixing them", async () => {
      const ids = Array.from({ length: 30 }, (_, index) => String(index).padStart(2, "0"));

      const ended = await Promise.allSettled(
        ids.map((id) =>
          db.transaction().execute(async () => {
            await addShelf(id);
            if (Number(id) % 3 === 0) throw new Error("no");
          }),
        ),
      );

      expect(ended.filter(({ status }) => status === "rejected")).toHaveLength(10);
      expect(await shelves()).toEqual(ids.filter((id) => Number(id) % 3 !== 0));
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

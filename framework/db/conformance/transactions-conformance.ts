import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Logger, silentLogger } from "../../base/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../../test-support/scratch-database.ts";
import { columnsFor } from "../columns.ts";
import type { Database } from "../database.ts";
import { openDatabase } from "../open-database.ts";
import { afterCommit, isInTransaction, outsideTransaction } from "../transactions/transaction-scope.ts";

interface Library {
  readonly shelves: { id: string; name: string };
}

/** What every database must do in transactions: join, nest, commit, roll back. */
export function describeTransactions(name: string, serverUrl: string): void {
  describe(`Transactions on ${name}`, () => {
    let scratch: ScratchDatabase;
    let db: Database<Library>;
    let errors: unknown[];

    beforeEach(async () => {
      errors = [];
      const log: Logger = { ...silentLogger, error: (facts) => void errors.push(facts) };
      scratch = await createScratchDatabase(serverUrl);
      db = await openDatabase<Library>(scratch.url, { log });
      await createShelves(db);
    });

    afterEach(async () => {
      await db.destroy();
      await scratch.drop();
    });

    const addShelf = (id: string) => db.insertInto("shelves").values({ id, name: id }).execute();
    const shelves = async () =>
      (await db.selectFrom("shelves").select("id").orderBy("id").execute()).map(({ id }) => id);

    it("keeps the writes of a transaction that commits, and none of one that throws", async () => {
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

    it("runs queries made through the database itself inside the running transaction", async () => {
      const failed = db.transaction().execute(async () => {
        await addShelf("a");
        expect(await shelves()).toEqual(["a"]);
        throw new Error("no");
      });

      await expect(failed).rejects.toThrow("no");
      expect(await shelves()).toEqual([]);
    });

    it("rolls back only the nested transaction when it throws", async () => {
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

    it("runs nested transactions that start together one after another", async () => {
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

    it("runs after-commit actions in order, once the rows are visible and before execute resolves", async () => {
      const seen: string[] = [];

      await db.transaction().execute(async () => {
        afterCommit(async () => void seen.push(...(await shelves())));
        afterCommit(() => void seen.push("second"));
        await addShelf("a");
        expect(seen).toEqual([]);
      });

      expect(seen).toEqual(["a", "second"]);
    });

    it("drops after-commit actions on rollback, and only its own when a nested transaction rolls back", async () => {
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

    it("runs an action immediately outside a transaction, or once the transaction has committed", async () => {
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

    it("logs an after-commit action that fails, and still runs the others", async () => {
      const seen: string[] = [];

      await db.transaction().execute(async () => {
        afterCommit(() => Promise.reject(new Error("no mail today")));
        afterCommit(() => void seen.push("second"));
        await addShelf("a");
      });

      expect(seen).toEqual(["second"]);
      expect(errors).toMatchObject([{ error: { message: "no mail today" } }]);
    });

    it("runs after-commit actions with an explicit isolation level too", async () => {
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

    it("refuses a controlled transaction inside another transaction", async () => {
      const nested = db.transaction().execute(() => db.startTransaction().execute());

      await expect(nested).rejects.toThrow(expect.objectContaining({ code: "DB_CONTROLLED_INSIDE_TRANSACTION" }));
      await addShelf("a");
      expect(await shelves()).toEqual(["a"]);
    });

    it("supports controlled transactions", async () => {
      const trx = await db.startTransaction().execute();
      await trx.insertInto("shelves").values({ id: "a", name: "" }).execute();
      await trx.rollback().execute();

      expect(await shelves()).toEqual([]);
    });

    it("reports whether it is inside a transaction, and can run code outside it", async () => {
      const answers: boolean[] = [isInTransaction()];

      await db.transaction().execute(async () => {
        answers.push(isInTransaction(), outsideTransaction(isInTransaction));
      });

      expect(answers).toEqual([false, true, false]);
    });

    it("keeps concurrent transactions apart", async () => {
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

async function createShelves(db: Database<Library>): Promise<void> {
  const column = columnsFor<Library>(db);
  await db.schema
    .createTable("shelves")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("name", column.string(), (name) => name.notNull())
    .execute();
}

import { expect } from "vitest";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  type Logger,
  type OpenSubject,
  silentLogger,
} from "../../base/index.ts";
import { columnsFor } from "../columns.ts";
import type { Database } from "../database.ts";
import { openDatabase } from "../open-database.ts";
import { afterCommit, isInTransaction, outsideTransaction } from "../transactions/transaction-scope.ts";
import type { DatabaseSubject } from "./database-subject.ts";

interface Library {
  readonly shelves: { id: string; name: string };
}

/** What every database must do in transactions (join, nest, commit, roll back), as checks of the one that `open` returns. */
export function transactionsChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openShelves(await open()), rules);
}

interface Subject extends DatabaseSubject {
  readonly db: Database<Library>;
  /** The facts of all errors in the log. */
  readonly errors: readonly unknown[];
  addShelf(id: string): Promise<unknown>;
  shelves(): Promise<readonly string[]>;
}

async function openShelves({ url, close }: DatabaseSubject): Promise<Subject> {
  const errors: unknown[] = [];
  const log: Logger = { ...silentLogger, error: (facts) => void errors.push(facts) };
  const db = await openDatabase<Library>(url, { log });
  await createShelves(db);
  return {
    url,
    db,
    errors,
    addShelf: (id) => db.insertInto("shelves").values({ id, name: id }).execute(),
    shelves: async () => (await db.selectFrom("shelves").select("id").orderBy("id").execute()).map(({ id }) => id),
    async close() {
      await db.destroy();
      await close?.();
    },
  };
}

const rules: readonly ConformanceRule<Subject>[] = [
  {
    name: "keeps the writes of a transaction that commits, and none of one that throws",
    async test({ db, shelves }) {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto("shelves").values({ id: "kept", name: "" }).execute();
      });

      const failed = db.transaction().execute(async (trx) => {
        await trx.insertInto("shelves").values({ id: "dropped", name: "" }).execute();
        throw new RangeError("no");
      });

      await expect(failed).rejects.toThrow(RangeError);
      expect(await shelves()).toEqual(["kept"]);
    },
  },
  {
    name: "runs queries made through the database itself inside the running transaction",
    async test({ db, addShelf, shelves }) {
      const failed = db.transaction().execute(async () => {
        await addShelf("a");
        expect(await shelves()).toEqual(["a"]);
        throw new Error("no");
      });

      await expect(failed).rejects.toThrow("no");
      expect(await shelves()).toEqual([]);
    },
  },
  {
    name: "rolls back only the nested transaction when it throws",
    async test({ db, addShelf, shelves }) {
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
    },
  },
  {
    name: "runs nested transactions that start together one after another",
    async test({ db, addShelf, shelves }) {
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
    },
  },
  {
    name: "runs after-commit actions in order, once the rows are visible and before execute resolves",
    async test({ db, addShelf, shelves }) {
      const seen: string[] = [];

      await db.transaction().execute(async () => {
        afterCommit(async () => void seen.push(...(await shelves())));
        afterCommit(() => void seen.push("second"));
        await addShelf("a");
        expect(seen).toEqual([]);
      });

      expect(seen).toEqual(["a", "second"]);
    },
  },
  {
    name: "drops after-commit actions on rollback, and only its own when a nested transaction rolls back",
    async test({ db }) {
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
    },
  },
  {
    name: "runs an action immediately outside a transaction",
    async test() {
      const seen: string[] = [];

      expect(afterCommit(() => void seen.push("outside"))).toBe(false);

      expect(seen).toEqual(["outside"]);
    },
  },
  {
    name: "logs an after-commit action that fails, and still runs the others",
    async test({ db, errors, addShelf }) {
      const seen: string[] = [];

      await db.transaction().execute(async () => {
        afterCommit(() => Promise.reject(new Error("no mail today")));
        afterCommit(() => void seen.push("second"));
        await addShelf("a");
      });

      expect(seen).toEqual(["second"]);
      expect(errors).toMatchObject([{ err: { message: "no mail today" } }]);
    },
  },
  {
    name: "runs after-commit actions with an explicit isolation level too",
    async test({ db, addShelf }) {
      const seen: string[] = [];

      await db
        .transaction()
        .setIsolationLevel("serializable")
        .execute(async () => {
          afterCommit(() => void seen.push("committed"));
          await addShelf("a");
        });

      expect(seen).toEqual(["committed"]);
    },
  },
  {
    name: "refuses a controlled transaction inside another transaction",
    async test({ db, addShelf, shelves }) {
      const nested = db.transaction().execute(() => db.startTransaction().execute());

      await expect(nested).rejects.toThrow(expect.objectContaining({ code: "DB_CONTROLLED_INSIDE_TRANSACTION" }));
      await addShelf("a");
      expect(await shelves()).toEqual(["a"]);
    },
  },
  {
    name: "supports controlled transactions",
    async test({ db, shelves }) {
      const trx = await db.startTransaction().execute();
      await trx.insertInto("shelves").values({ id: "a", name: "" }).execute();
      await trx.rollback().execute();

      expect(await shelves()).toEqual([]);
    },
  },
  {
    name: "reports whether it is inside a transaction, and can run code outside it",
    async test({ db }) {
      const answers: boolean[] = [isInTransaction()];

      await db.transaction().execute(async () => {
        answers.push(isInTransaction(), outsideTransaction(isInTransaction));
      });

      expect(answers).toEqual([false, true, false]);
    },
  },
  {
    name: "keeps concurrent transactions apart",
    async test({ db, addShelf, shelves }) {
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
    },
  },
];

async function createShelves(db: Database<Library>): Promise<void> {
  const column = columnsFor<Library>(db);
  await db.schema
    .createTable("shelves")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("name", column.string(), (name) => name.notNull())
    .execute();
}

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
import { openDatabase } from "../open-database.ts";
import { afterCommit, isInTransaction } from "../transactions/transaction-scope.ts";
import type { DatabaseSubject } from "./database-subject.ts";
import { derivations, idlePlugin, type Library, openShelves, type ShelvesSubject } from "./shelves-subject.ts";

/** What joins a transaction on every database, and what waits for it, as checks of the one that `open` returns. */
export function joiningChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openShelves(await open()), rules);
}

const rules: readonly ConformanceRule<ShelvesSubject>[] = [
  ...derivations.map(({ way, derive }) => ({
    name: `joins the transaction of a database derived by ${way}`,
    async test(subject: ShelvesSubject) {
      const { db, add, shelves } = subject;
      const seen: unknown[] = [];

      const failing = derive(subject)
        .transaction()
        .execute(async (trx) => {
          await add("trx", trx);
          await add("db");
          await add("derived", derive(subject));
          seen.push(
            isInTransaction(),
            afterCommit(() => void seen.push("committed")),
          );
          await db.transaction().execute(() => add("nested"));
          throw new RangeError("no");
        });

      await expect(failing).rejects.toThrow(RangeError);
      expect([await shelves(), seen]).toEqual([[], [true, true]]);
    },
  })),
  {
    name: "joins a transaction that was opened on a held connection, and one around it",
    async test({ db, add, shelves }) {
      const failing = db.connection().execute((held) =>
        held.transaction().execute(async (trx) => {
          await add("trx", trx);
          await add("held", held);
          await add("db");
          throw new RangeError("no");
        }),
      );
      await expect(failing).rejects.toThrow(RangeError);

      const around = db.transaction().execute(async () => {
        await db.connection().execute(async (held) => {
          await add("inside", held);
          await held.transaction().execute(() => add("savepoint", held));
        });
        throw new RangeError("no");
      });

      await expect(around).rejects.toThrow(RangeError);
      expect(await shelves()).toEqual([]);
    },
  },
  {
    name: "lets queries around a nested transaction wait, so that its rollback doesn't take them along",
    async test({ db, add, shelves }) {
      await db.transaction().execute(async (trx) => {
        const [begun, go] = [createGate(), createGate()];
        const inner = db.transaction().execute(async () => {
          await add("inner");
          begun.open();
          await go.opened;
          throw new RangeError("no");
        });
        await begun.opened;
        const around = [add("db"), add("trx", trx)];
        go.open();
        await expect(inner).rejects.toThrow(RangeError);
        await Promise.all(around);
      });

      expect(await shelves()).toEqual(["db", "trx"]);
    },
  },
  {
    name: "runs what is made with the builder of the transaction around it as part of the nested one",
    async test({ db, add, shelves }) {
      await db.transaction().execute(async (outer) => {
        const inner = db.transaction().execute(async () => {
          await add("inner", outer);
          throw new RangeError("no");
        });
        await expect(inner).rejects.toThrow(RangeError);
        await add("outer", outer);
      });

      expect(await shelves()).toEqual(["outer"]);
    },
  },
  {
    name: "refuses by name a query that waits for a nested transaction which waits for it",
    async test({ url, add, shelves }) {
      const impatient = await openDatabase<Library>(url, { log: silentLogger, waitMs: 300 });
      const [begun, go] = [createGate(), createGate()];
      const stuck = impatient.transaction().execute(async (trx) => {
        const inner = impatient.transaction().execute(async () => {
          begun.open();
          await go.opened;
        });
        inner.catch(() => undefined);
        await begun.opened;
        await add("around", trx).finally(() => go.open());
      });

      const busy = expect.objectContaining({ code: "DB_CONNECTION_BUSY", message: expect.stringContaining("300 ms") });
      await expect(stuck).rejects.toThrow(busy);
      await impatient.destroy();
      expect(await shelves()).toEqual([]);
    },
  },
  {
    name: "has savepoints in a controlled transaction",
    async test({ db, add, shelves }) {
      const trx = await db.startTransaction().execute();
      await add("before", trx);
      const first = await trx.savepoint("first").execute();
      await add("undone", first);
      await first.rollbackToSavepoint("first").execute();
      const second = await trx.savepoint("second").execute();
      await add("kept", second);
      await second.releaseSavepoint("second").execute();
      await trx.commit().execute();

      expect(await shelves()).toEqual(["before", "kept"]);
    },
  },
  {
    name: "forgets a savepoint that was released",
    async test({ db, add, shelves }) {
      const trx = await db.startTransaction().execute();
      const held = await trx.savepoint("held").execute();
      await held.releaseSavepoint("held").execute();

      await expect(held.rollbackToSavepoint("held").execute()).rejects.toThrow(/savepoint/i);

      await trx.rollback().execute();
      await add("after");
      expect(await shelves()).toEqual(["after"]);
    },
  },
  {
    name: "refuses an isolation level and an access mode for a nested transaction",
    async test({ db, shelves }) {
      const refused = expect.objectContaining({ code: "DB_NESTED_TRANSACTION_SETTINGS" });
      await db.transaction().execute(async () => {
        const strict = db.transaction().setIsolationLevel("serializable");
        await expect(strict.execute(shelves)).rejects.toThrow(refused);
        await expect(db.transaction().setAccessMode("read only").execute(shelves)).rejects.toThrow(refused);
      });
    },
  },
  {
    name: "doesn't write in a read-only transaction, and does after it",
    async test({ db, add, shelves }) {
      const reading = () => db.transaction().setAccessMode("read only");

      expect(await reading().execute(shelves)).toEqual([]);
      await expect(reading().execute(() => add("a"))).rejects.toThrow(/read.?only/i);

      await add("b");
      expect(await shelves()).toEqual(["b"]);
    },
  },
  {
    name: "reports every statement, including begin, commit and rollback, to plugins' queries and all",
    async test({ url, add }) {
      const seen: string[] = [];
      const onQuery = ({ query }: { query: { sql: string } }) => void seen.push(query.sql.split(" ", 1)[0] ?? "");
      const db = await openDatabase<Library>(url, { log: silentLogger, onQuery, plugins: [idlePlugin] });
      seen.length = 0;

      await db.transaction().execute(() => db.transaction().execute(() => add("a", db)));
      await db
        .transaction()
        .execute(() => add("a", db))
        .catch(() => undefined);
      await db.destroy();

      expect(seen).toEqual(["begin", "savepoint", "insert", "release", "commit", "begin", "insert", "rollback"]);
    },
  },
  {
    name: "fails a query that waits too long for a connection, by name, and works afterwards",
    async test({ url, db, add, shelves }) {
      const small = await openDatabase<Library>(url, { log: silentLogger, poolSize: 1, waitMs: 3000 });
      const gate = createGate();
      const holding = small.transaction().execute(async (trx) => {
        await add("holder", trx);
        await gate.opened;
      });

      const waiting = Promise.allSettled([sql`delete from shelves`.execute(small), add("waiting", small)]);

      const busy = {
        status: "rejected",
        reason: expect.objectContaining({ code: "DB_CONNECTION_TIMEOUT", status: 503 }),
      };
      expect(await waiting).toEqual([busy, busy]);
      gate.open();
      await holding;
      await add("after", small);
      await small.destroy();
      expect([await shelves(), db.dialect]).toEqual([["after", "holder"], db.dialect]);
    },
  },
];

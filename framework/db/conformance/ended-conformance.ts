import type { Kysely } from "kysely";
import { expect } from "vitest";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  type OpenSubject,
  silentLogger,
} from "../../base/index.ts";
import { createGate } from "../../test-support/create-gate.ts";
import type { Database } from "../database.ts";
import { openDatabase } from "../open-database.ts";
import { afterCommit, outsideTransaction } from "../transactions/transaction-scope.ts";
import type { DatabaseSubject } from "./database-subject.ts";
import { derivations, type Library, openShelves, type ShelvesSubject } from "./shelves-subject.ts";

/** What every database does with work that outlives its transaction or connection, as checks of the one that `open` returns. */
export function endedChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openShelves(await open()), rules);
}

const ended = expect.objectContaining({ code: "DB_TRANSACTION_ENDED" });

/** Runs a transaction that fails while work of it waits for the gate, then opens the gate. */
async function failBefore(db: Database<Library>, work: () => Promise<unknown>): Promise<unknown> {
  const gate = createGate();
  let late: Promise<unknown> = Promise.resolve();
  const failing = db.transaction().execute(async () => {
    late = gate.opened.then(work);
    late.catch(() => undefined);
    throw new RangeError("no");
  });
  await failing.catch(() => undefined);
  gate.open();
  return await late;
}

const rules: readonly ConformanceRule<ShelvesSubject>[] = [
  {
    name: "refuses a connection that was given back",
    async test({ db, add, shelves }) {
      let kept: Kysely<Library> = db;
      await db.connection().execute(async (held) => {
        kept = held;
      });

      await expect(add("late", kept)).rejects.toThrow(expect.objectContaining({ code: "DB_CONNECTION_RELEASED" }));
      expect(await shelves()).toEqual([]);
    },
  },
  {
    name: "refuses queries that come after a rollback, however they are made",
    async test(subject) {
      const { db, add, shelves } = subject;
      const made: (() => Promise<unknown>)[] = [
        () => add("late"),
        () => new Promise((resolve) => setTimeout(resolve, 1)).then(() => add("timer")),
        () => Promise.all([add("one"), add("two")]),
        () => db.transaction().execute(() => add("transaction")),
        () => db.startTransaction().execute(),
        () => db.connection().execute((held) => add("held", held)),
        () => db.selectFrom("shelves").selectAll().stream()[Symbol.asyncIterator]().next(),
        ...derivations.map(
          ({ derive }) =>
            () =>
              add("derived", derive(subject)),
        ),
      ];

      for (const work of made) await expect(failBefore(db, work)).rejects.toThrow(ended);

      expect(await shelves()).toEqual([]);
    },
  },
  {
    name: "refuses queries that come after a commit, and after-commit actions too",
    async test({ db, add, shelves }) {
      const gate = createGate();
      const late: Promise<unknown>[] = [];
      await db.transaction().execute(async () => {
        await add("in time");
        late.push(gate.opened.then(() => add("late")));
        late.push(gate.opened.then(() => afterCommit(() => undefined)));
      });
      gate.open();

      const outcomes = await Promise.allSettled(late);

      expect(outcomes).toEqual([
        { status: "rejected", reason: ended },
        { status: "rejected", reason: ended },
      ]);
      expect(await shelves()).toEqual(["in time"]);
    },
  },
  {
    name: "drops what is registered after a rollback, and says so",
    async test({ db, add }) {
      const seen: string[] = [];

      await expect(failBefore(db, async () => afterCommit(() => void seen.push("late")))).rejects.toThrow(ended);
      const nested = db.transaction().execute(async () => {
        await expect(failBefore(db, async () => afterCommit(() => void seen.push("nested")))).rejects.toThrow(ended);
        afterCommit(() => void seen.push("outer"));
        await add("outer");
      });
      await nested;

      expect(seen).toEqual(["outer"]);
    },
  },
  {
    name: "keeps nothing of what a failed transaction goes on with",
    async test({ db, add, shelves }) {
      const late: Promise<unknown>[] = [];

      const failing = db.transaction().execute(async () => {
        const twice = add("1").then(() => add("1"));
        late.push(twice.catch(() => undefined).then(() => add("2")));
        await Promise.all([twice, ...late]);
      });

      await expect(failing).rejects.toThrow();
      await Promise.allSettled(late);
      expect(await shelves()).toEqual([]);
    },
  },
  {
    name: "refuses what a failed nested transaction goes on with, while the one around it is open",
    async test({ db, add, shelves }) {
      const gate = createGate();
      await db.transaction().execute(async () => {
        let late: Promise<unknown> = Promise.resolve();
        const inner = db.transaction().execute(async () => {
          late = gate.opened.then(() => add("late"));
          late.catch(() => undefined);
          throw new RangeError("no");
        });
        await expect(inner).rejects.toThrow(RangeError);
        gate.open();
        await expect(late).rejects.toThrow(ended);
        await add("outer");
      });

      expect(await shelves()).toEqual(["outer"]);
    },
  },
  {
    name: "lets work go on that is wrapped in outsideTransaction",
    async test({ db, add, shelves }) {
      const gate = createGate();
      let late: Promise<unknown> = Promise.resolve();
      const failing = db.transaction().execute(async () => {
        late = outsideTransaction(() => gate.opened.then(() => add("late")));
        throw new RangeError("no");
      });
      await expect(failing).rejects.toThrow(RangeError);
      gate.open();

      await late;

      expect(await shelves()).toEqual(["late"]);
    },
  },
  {
    name: "refuses queries by name once it is closed",
    async test({ url, shelves }) {
      const closed = await openDatabase<Library>(url, { log: silentLogger });
      await closed.destroy();
      await closed.destroy();

      await expect(closed.selectFrom("shelves").selectAll().execute()).rejects.toThrow(
        expect.objectContaining({ code: "DB_CLOSED" }),
      );
      expect(await shelves()).toEqual([]);
    },
  },
];

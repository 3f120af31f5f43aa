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
import { openDatabase } from "../open-database.ts";
import type { DatabaseSubject } from "./database-subject.ts";

interface Library {
  readonly books: { id: number; is_lent: boolean; at: number };
}

/** What every database must do when rows are streamed, as checks of the one that `open` returns. */
export function streamsChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openBooks(await open()), rules);
}

interface Subject extends DatabaseSubject {
  readonly db: Database<Library>;
  /** Has a pool of one connection, and doesn't wait long. */
  readonly impatient: Database<Library>;
}

const count = 2_000;

async function openBooks({ url, close }: DatabaseSubject): Promise<Subject> {
  const db = await openDatabase<Library>(url, { log: silentLogger });
  const impatient = await openDatabase<Library>(url, { log: silentLogger, poolSize: 1, waitMs: 3_000 });
  const column = columnsFor<Library>(db);
  await db.schema
    .createTable("books")
    .addColumn("id", column.integer, (id) => id.primaryKey())
    .addColumn("is_lent", column.boolean, (lent) => lent.notNull())
    .addColumn("at", column.timestamp, (at) => at.notNull())
    .execute();
  const books = Array.from({ length: count }, (_, id) => ({ id, is_lent: id % 2 === 0, at: 1_900_000_000_123 + id }));
  await db.insertInto("books").values(books).execute();
  return {
    url,
    db,
    impatient,
    async close() {
      await Promise.all([db.destroy(), impatient.destroy()]);
      await close?.();
    },
  };
}

const stream = (db: Pick<Database<Library>, "selectFrom">) =>
  db.selectFrom("books").selectAll().where("id", ">=", 0).orderBy("id").stream(100);

async function countOf(db: Database<Library>): Promise<number> {
  return (await db.selectFrom("books").select("id").execute()).length;
}

const rules: readonly ConformanceRule<Subject>[] = [
  {
    name: "streams the same rows as it selects",
    async test({ db }) {
      const streamed: unknown[] = [];

      for await (const row of stream(db)) streamed.push(row);

      expect(streamed).toEqual(await db.selectFrom("books").selectAll().orderBy("id").execute());
    },
  },
  {
    name: "writes while a stream is read slowly",
    async test({ db }) {
      let isWritten = false;

      for await (const { id } of stream(db)) {
        if (id !== 3) continue;
        await db.deleteFrom("books").where("id", ">", 5).execute();
        isWritten = true;
      }

      expect([isWritten, await countOf(db)]).toEqual([true, 6]);
    },
  },
  {
    name: "gives the connection back when a stream is left early",
    async test({ impatient }) {
      for (const last of [0, 1, 150]) {
        for await (const { id } of stream(impatient)) if (id === last) break;
      }

      expect(await countOf(impatient)).toBe(count);
    },
  },
  {
    name: "gives the connection back when a stream fails",
    async test({ impatient }) {
      const failing = impatient.withTables<{ nowhere: { id: number } }>().selectFrom("nowhere").selectAll().stream(10);

      await expect(failing[Symbol.asyncIterator]().next()).rejects.toThrow(/nowhere/);

      expect(await countOf(impatient)).toBe(count);
    },
  },
  {
    name: "streams what its transaction has written",
    async test({ impatient }) {
      const seen: number[] = [];

      await impatient.transaction().execute(async (trx) => {
        await trx.deleteFrom("books").where("id", ">", 1).execute();
        for await (const { id } of stream(trx)) seen.push(id);
        await trx.insertInto("books").values({ id: 5_000, is_lent: true, at: 1 }).execute();
      });

      expect([seen, await countOf(impatient)]).toEqual([[0, 1], 3]);
    },
  },
  {
    name: "refuses by name a query inside a stream of the same transaction, instead of waiting for ever",
    async test({ impatient }) {
      const stuck = impatient.transaction().execute(async (trx) => {
        for await (const { id } of stream(trx)) await trx.deleteFrom("books").where("id", "=", id).execute();
      });

      await expect(stuck).rejects.toThrow(expect.objectContaining({ code: "DB_CONNECTION_BUSY" }));
      expect(await countOf(impatient)).toBe(count);
    },
  },
  {
    name: "ends a transaction in which a stream was not read to the end, and tells the one who goes on reading",
    async test({ impatient }) {
      const iterator = await impatient.transaction().execute(async (trx) => {
        const books = stream(trx)[Symbol.asyncIterator]();
        await books.next();
        return { books };
      });

      const rest = async () => {
        while (!(await iterator.books.next()).done);
      };

      await expect(rest()).rejects.toThrow(expect.objectContaining({ code: "DB_STREAM_CUT" }));
      expect(await countOf(impatient)).toBe(count);
    },
  },
];

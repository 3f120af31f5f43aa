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
import { isUniqueViolation } from "../drivers/driver-errors.ts";
import { openDatabase } from "../open-database.ts";
import type { DatabaseSubject } from "./database-subject.ts";

interface Dictionary {
  readonly words: { word: string; meaning: string | null };
}

/** How every database compares, sorts and searches texts, as checks of the one that `open` returns. */
export function textChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openDictionary(await open()), rules);
}

interface Subject extends DatabaseSubject {
  readonly db: Database<Dictionary>;
  add(...words: readonly string[]): Promise<unknown>;
}

async function openDictionary({ url, close }: DatabaseSubject): Promise<Subject> {
  const db = await openDatabase<Dictionary>(url, { log: silentLogger });
  const column = columnsFor<Dictionary>(db);
  await db.schema
    .createTable("words")
    .addColumn("word", column.string(20), (word) => word.primaryKey())
    .addColumn("meaning", column.text)
    .execute();
  return {
    url,
    db,
    add: (...words) =>
      db
        .insertInto("words")
        .values(words.map((word) => ({ word, meaning: word })))
        .execute(),
    async close() {
      await db.destroy();
      await close?.();
    },
  };
}

const wordsOf = (rows: readonly { readonly word: string }[]) => rows.map(({ word }) => word);

const rules: readonly ConformanceRule<Subject>[] = [
  {
    name: "tells apart texts that differ only in case, accents or width",
    async test({ db, add }) {
      await add("ann", "Ann", "änn", "a\u0308nn", "\uFF41nn", "straße", "strasse", "😀", "😁");

      const found = db.selectFrom("words").select("word").where("word", "=", "ann").where("meaning", "=", "ann");

      expect(await found.execute()).toEqual([{ word: "ann" }]);
    },
  },
  {
    name: "tells apart texts that differ only in spaces at the end, also in unique columns",
    async test({ db, add }) {
      await add("ann", "ann ", "ann\t", " ann");

      const found = db.selectFrom("words").select("word").where("word", "=", "ann ").where("meaning", "=", "ann ");
      const twice = await add("ann ").catch((error: unknown) => isUniqueViolation(error));

      expect([await found.execute(), twice]).toEqual([[{ word: "ann " }], true]);
    },
  },
  {
    name: "tells an empty text from null",
    async test({ db }) {
      await db
        .insertInto("words")
        .values([
          { word: "", meaning: "" },
          { word: "none", meaning: null },
        ])
        .execute();

      const empty = await db.selectFrom("words").select("word").where("meaning", "=", "").execute();
      const none = await db.selectFrom("words").select("word").where("meaning", "is", null).execute();

      expect([empty, none]).toEqual([[{ word: "" }], [{ word: "none" }]]);
    },
  },
  {
    name: "searches with `like` character by character, in which an escape character has to be named",
    async test({ db, add }) {
      await add("10%", "10 cm", "10_a", "100", "ANN", "ann", "a\\b");
      const like = async (pattern: string) => {
        const found = db.selectFrom("words").select("word").where(sql<boolean>`word like ${pattern} escape '!'`);
        return wordsOf(await found.execute()).sort();
      };

      expect([await like("10!%"), await like("10!_%"), await like("an%"), await like("a\\%")]).toEqual([
        ["10%"],
        ["10_a"],
        ["ann"],
        ["a\\b"],
      ]);
    },
  },
  {
    name: "ignores the case of ASCII letters in `lower(…) like …`",
    async test({ db, add }) {
      await add("Ann", "ANNA", "Bob");

      const found = db.selectFrom("words").select("word").where(sql<boolean>`lower(word) like ${"ann%"}`);

      expect(wordsOf(await found.execute()).sort()).toEqual(["ANNA", "Ann"]);
    },
  },
  {
    name: "sorts texts of digits and lowercase ASCII letters in the same order",
    async test({ db, add }) {
      await add("b", "10", "a", "ab", "9", "0199d3a0-7c1e", "aa");

      const found = await db.selectFrom("words").select("word").orderBy("word").execute();

      expect(wordsOf(found)).toEqual(["0199d3a0-7c1e", "10", "9", "a", "aa", "ab", "b"]);
    },
  },
  {
    name: "sorts by null first or last where the query says so with `is null`",
    async test({ db, add }) {
      await add("a", "c");
      await db.insertInto("words").values({ word: "b", meaning: null }).execute();

      const last = await db.selectFrom("words").select("word").orderBy(sql`meaning is null`).orderBy("word").execute();

      expect(wordsOf(last)).toEqual(["a", "c", "b"]);
    },
  },
  {
    name: "joins texts with ||",
    async test({ db, add }) {
      await add("ann");

      const { rows } = await sql<{ text: string }>`select word || '-' || word as text from words`.execute(db);

      expect(rows).toEqual([{ text: "ann-ann" }]);
    },
  },
  {
    name: "counts the characters of a text, not its bytes",
    async test({ db, add }) {
      const twenty = "😀".repeat(20);

      await add(twenty);

      const found = await db.selectFrom("words").selectAll().execute();
      expect(found).toEqual([{ word: twenty, meaning: twenty }]);
    },
  },
  {
    name: "stores half a surrogate pair as U+FFFD",
    async test({ db, add }) {
      await add("half \ud83d");

      expect(await db.selectFrom("words").selectAll().execute()).toEqual([
        { word: "half \ufffd", meaning: "half \ufffd" },
      ]);
    },
  },
  {
    name: "refuses a text with a NUL: 404 for what is looked up, 422 for what is stored",
    async test({ db, add }) {
      const lookup = db.selectFrom("words").selectAll().where("word", "=", "a\0b");

      await expect(lookup.execute()).rejects.toThrow(
        expect.objectContaining({ code: "DB_VALUE_UNMATCHABLE", status: 404 }),
      );
      await expect(lookup.stream()[Symbol.asyncIterator]().next()).rejects.toThrow(
        expect.objectContaining({ code: "DB_VALUE_UNMATCHABLE" }),
      );
      await expect(add("a\0b")).rejects.toThrow(expect.objectContaining({ code: "DB_VALUE_REFUSED", status: 422 }));
    },
  },
  {
    name: "keeps JSON in a text as it was written, with its numbers, escapes and order",
    async test({ db }) {
      const value = { z: 1, a: [0.1, -1e21, "\u0000 \u2028 😀 \\ ' \""], none: null };
      const meaning = JSON.stringify(value);

      await db.insertInto("words").values({ word: "json", meaning }).execute();

      const found = await db.selectFrom("words").select("meaning").executeTakeFirstOrThrow();
      expect([found.meaning, JSON.parse(found.meaning ?? "")]).toEqual([meaning, value]);
    },
  },
];

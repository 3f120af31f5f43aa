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

interface Things {
  readonly things: {
    id: string;
    flag: boolean | null;
    small: number | bigint | null;
    big: number | bigint | null;
    real: number | null;
    price: number | string | null;
    bytes: Uint8Array | null;
    code: string | null;
  };
}

/** How every database takes and returns values other than texts, as checks of the one that `open` returns. */
export function valuesChecks(open: OpenSubject<DatabaseSubject>): readonly ConformanceCheck[] {
  return createChecks(async () => openThings(await open()), rules);
}

type Thing = Partial<Things["things"]>;

interface Subject extends DatabaseSubject {
  readonly db: Database<Things>;
  /** Stores the thing. */
  add(id: string, thing: Thing): Promise<unknown>;
  /** What one of its columns comes back as. */
  read(column: keyof Thing): Promise<unknown>;
}

async function openThings({ url, close }: DatabaseSubject): Promise<Subject> {
  const db = await openDatabase<Things>(url, { log: silentLogger });
  const column = columnsFor<Things>(db);
  await db.schema
    .createTable("things")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("flag", column.boolean)
    .addColumn("small", column.integer)
    .addColumn("big", column.bigint)
    .addColumn("real", column.real)
    .addColumn("price", "decimal(12, 2)")
    .addColumn("bytes", column.binary)
    .addColumn("code", column.string(), (code) => code.unique())
    .execute();
  const empty = { flag: null, small: null, big: null, real: null, price: null, bytes: null, code: null };
  return {
    url,
    db,
    add: (id, thing) =>
      db
        .insertInto("things")
        .values({ ...empty, ...thing, id })
        .execute(),
    read: async (name) => (await db.selectFrom("things").select(name).executeTakeFirstOrThrow())[name],
    async close() {
      await db.destroy();
      await close?.();
    },
  };
}

const rules: readonly ConformanceRule<Subject>[] = [
  {
    name: "returns booleans as booleans, and finds rows by them",
    async test({ db, add }) {
      await add("yes", { flag: true });
      await add("no", { flag: false });
      await add("unknown", {});

      const all = await db.selectFrom("things").select("flag").orderBy("id").execute();
      const found = await db.selectFrom("things").select("id").where("flag", "=", true).execute();

      expect([all, found]).toEqual([[{ flag: false }, { flag: null }, { flag: true }], [{ id: "yes" }]]);
    },
  },
  {
    name: "returns integers up to 2^53 − 1 as numbers, however they were given",
    async test({ db, add }) {
      await add("a", { small: -2_147_483_648, big: Number.MAX_SAFE_INTEGER });
      await add("b", { small: 7n, big: -9_007_199_254_740_991n });

      const all = await db.selectFrom("things").select(["small", "big"]).orderBy("id").execute();

      expect(all).toEqual([
        { small: -2_147_483_648, big: 9_007_199_254_740_991 },
        { small: 7, big: -9_007_199_254_740_991 },
      ]);
    },
  },
  {
    name: "returns every bit of a floating-point number",
    async test({ add, read }) {
      await add("a", { real: 0.1 + 0.2 });

      expect(await read("real")).toBe(0.30000000000000004);
    },
  },
  {
    name: "returns decimals as numbers",
    async test({ add, read }) {
      await add("a", { price: 1234.5 });

      expect(await read("price")).toBe(1234.5);
    },
  },
  {
    name: "returns counts, sums, averages and extremes as numbers, and null of nothing",
    async test({ db, add }) {
      const figures = () =>
        db
          .selectFrom("things")
          .select(({ fn }) => [
            fn.countAll().as("all"),
            fn.count("small").as("some"),
            fn.sum("small").as("sum"),
            fn.avg("small").as("avg"),
            fn.max("big").as("max"),
            fn.sum("price").as("total"),
          ])
          .executeTakeFirst();
      const none = await figures();
      await add("a", { small: 1, big: 5_000_000_000, price: 0.1 });
      await add("b", { small: 2, price: 0.25 });
      await add("c", {});

      const some = await figures();

      expect(none).toEqual({ all: 0, some: 0, sum: null, avg: null, max: null, total: null });
      expect(some).toEqual({ all: 3, some: 2, sum: 3, avg: 1.5, max: 5_000_000_000, total: 0.35 });
    },
  },
  {
    name: "refuses NaN, infinite numbers and invalid dates: 404 for what is looked up, 422 for what is stored",
    async test({ db, add }) {
      const refused = expect.objectContaining({ code: "DB_VALUE_REFUSED", status: 422 });

      await expect(add("a", { real: Number.NaN })).rejects.toThrow(refused);
      await expect(add("a", { big: Number.POSITIVE_INFINITY })).rejects.toThrow(refused);
      await expect(sql`update things set big = ${new Date("never")}`.execute(db)).rejects.toThrow(refused);
      await expect(db.selectFrom("things").selectAll().where("small", "=", Number.NaN).execute()).rejects.toThrow(
        expect.objectContaining({ code: "DB_VALUE_UNMATCHABLE", status: 404 }),
      );
    },
  },
  {
    name: "keeps the instant of a Date to the millisecond in the database's own types, whatever the zone of the process",
    async test({ db }) {
      const types = {
        sqlite: ["integer", "integer"],
        postgres: ["timestamptz", "timestamp"],
        mysql: ["datetime(3)", "timestamp(3)"],
      } as const;
      const [one, other] = types[db.dialect];
      await sql`create table moments (one ${sql.raw(one)}, other ${sql.raw(other)})`.execute(db);
      const moments = [new Date("2026-07-01T23:59:59.999Z"), new Date("2026-12-31T00:00:00.001Z")];

      await inZone("America/New_York", async () => {
        for (const at of moments) await sql`insert into moments values (${at}, ${at})`.execute(db);
      });
      const read = () =>
        sql<{ one: Date | number; other: Date | number }>`select * from moments order by one`.execute(db);
      const { rows } = await inZone("Asia/Tokyo", read);

      const texts = rows.map((row) => [row.one, row.other].map((at) => new Date(at).toISOString()));
      expect(texts).toEqual(moments.map((at) => [at.toISOString(), at.toISOString()]));
    },
  },
  {
    name: "refuses what a column can't hold: a text that is too long, a number that is too large, and a text for a number",
    async test({ db, add }) {
      const refused = expect.objectContaining({ code: "DB_VALUE_REFUSED", status: 422 });
      const raw = (column: string, value: unknown) =>
        sql`insert into things (id, ${sql.ref(column)}) values ('raw', ${value})`.execute(db);

      await expect(add("a", { code: "😀".repeat(256) })).rejects.toThrow(refused);
      await expect(raw("small", "many")).rejects.toThrow(refused);
      await expect(raw("small", 2_147_483_648)).rejects.toThrow(refused);
      await expect(raw("big", "0.5x")).rejects.toThrow(refused);
      await expect(raw("real", "much")).rejects.toThrow(refused);
      await add("b", { code: "😀".repeat(255) });
    },
  },
  {
    name: "returns bytes as a Buffer, whether a Buffer or another view was given",
    async test({ db, add }) {
      const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      await add("a", { bytes: Buffer.from(bytes) });
      await add("b", { bytes });
      await add("c", { bytes: new Uint8Array(bytes.buffer, 10, 3) });
      await add("d", { bytes: new Uint8Array() });

      const rows = await db.selectFrom("things").select("bytes").orderBy("id").execute();

      const whole = Buffer.from(bytes);
      expect(rows.map((row) => row.bytes)).toEqual([whole, whole, Buffer.from([10, 11, 12]), Buffer.alloc(0)]);
      expect(rows.every((row) => Buffer.isBuffer(row.bytes))).toBe(true);
    },
  },
  {
    name: "counts the rows that an update finds, even if it changes nothing",
    async test({ db, add }) {
      await add("a", { small: 1 });
      await add("b", { small: 1 });

      const updated = await db.updateTable("things").set({ small: 1 }).where("small", "=", 1).executeTakeFirst();
      const missed = await db.updateTable("things").set({ small: 1 }).where("id", "=", "?").executeTakeFirst();
      const deleted = await db.deleteFrom("things").where("small", "=", 1).executeTakeFirst();

      expect([updated.numUpdatedRows, missed.numUpdatedRows, deleted.numDeletedRows]).toEqual([2n, 0n, 2n]);
    },
  },
  {
    name: "counts the rows that an insert adds",
    async test({ db }) {
      const empty = { flag: null, small: null, big: null, real: null, price: null, bytes: null };
      const rows = ["a", "b"].map((id) => ({ ...empty, id, code: id }));

      const inserted = await db.insertInto("things").values(rows).executeTakeFirst();

      expect(inserted.numInsertedOrUpdatedRows).toBe(2n);
    },
  },
  {
    name: "takes null any number of times in a unique column, and every other value once",
    async test({ add }) {
      await add("a", { code: null });
      await add("b", { code: null });
      await add("c", { code: "" });

      const twice = await add("d", { code: "" }).catch((error: unknown) => isUniqueViolation(error));

      expect(twice).toBe(true);
    },
  },
];

async function inZone<T>(zone: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

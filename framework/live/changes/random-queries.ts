import { type Compilable, type Database, type Generated, sql } from "../../db/index.ts";

/** The tables of random queries: items go with their lists, notes lose their items. */
export interface RandomTables {
  readonly lists: { id: number; owner: string; open: boolean };
  readonly items: { id: number; list_id: number; title: string; done: boolean; rank: number | null };
  readonly notes: { id: number; item_id: number | null; body: string; loud: Generated<string> };
}

export type RandomDatabase = Database<RandomTables>;
export type Random = (below: number) => number;
export async function createRandomTables(db: Database): Promise<RandomDatabase> {
  await db.schema
    .createTable("lists")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("owner", "varchar(40)")
    .addColumn("open", "boolean")
    .execute();
  await db.schema
    .createTable("items")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("list_id", "integer")
    .addColumn("title", "varchar(40)")
    .addColumn("done", "boolean")
    .addColumn("rank", "integer")
    .addForeignKeyConstraint("items_list", ["list_id"], "lists", ["id"], (key) =>
      key.onDelete("cascade").onUpdate("cascade"),
    )
    .execute();
  await db.schema
    .createTable("notes")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("item_id", "integer")
    .addColumn("body", "varchar(40)")
    .addColumn("loud", "varchar(40)", (loud) => loud.generatedAlwaysAs(sql`upper(body)`).stored())
    .addForeignKeyConstraint("notes_item", ["item_id"], "items", ["id"], (key) =>
      key.onDelete("set null").onUpdate("cascade"),
    )
    .execute();
  // Nothing else is asked of it.
  return db as unknown as RandomDatabase;
}

/** Puts back what has been deleted, so that there is something to change. */
export async function refill(db: RandomDatabase): Promise<void> {
  await db.transaction().execute(async () => {
    for (const table of ["notes", "items", "lists"] as const) await db.deleteFrom(table).execute();
    const ids = (count: number) => Array.from({ length: count }, (_, id) => id);
    await db
      .insertInto("lists")
      .values(ids(4).map((id) => ({ id, owner: texts[id] ?? "", open: id < 3 })))
      .execute();
    await db
      .insertInto("items")
      .values(ids(10).map((id) => ({ id, list_id: id % 4, title: texts[id % 7] ?? "", done: id < 5, rank: id })))
      .execute();
    await db
      .insertInto("notes")
      .values(ids(6).map((id) => ({ id, item_id: id, body: texts[id] ?? "" })))
      .execute();
  });
}

const texts = ["ann", "Ann", "ann ", "bob", "Zoë", "zoe", "7", "a-b", "ab", ""];
export const text = (random: Random): string => texts[random(texts.length)] ?? "";
const flag = (random: Random): boolean => random(2) === 0;

/** A query that a page could show. */
export function randomQuery(db: RandomDatabase, random: Random): { readonly name: string; run(): Promise<unknown> } {
  const names = Object.keys(queries);
  const name = names[random(names.length)] ?? "";
  const query = queries[name]?.(db, random);
  return { name, run: async () => await query?.execute() };
}

type Runnable = Compilable & { execute(): Promise<unknown> };

const queries: Readonly<Record<string, (db: RandomDatabase, random: Random) => Runnable>> = {
  all: (db) => db.selectFrom("items").selectAll().orderBy("id"),
  equal: (db, r) => db.selectFrom("items").selectAll().where("list_id", "=", r(4)).orderBy("id"),
  owner: (db, r) => db.selectFrom("lists").selectAll().where("owner", "=", text(r)).orderBy("id"),
  both: (db, r) =>
    db.selectFrom("items").selectAll().where("list_id", "=", r(4)).where("done", "=", flag(r)).orderBy("id"),
  either: (db, r) =>
    db
      .selectFrom("items")
      .selectAll()
      .where((where) => where.or([where("list_id", "=", r(4)), where("title", "=", text(r))]))
      .orderBy("id"),
  among: (db, r) =>
    db
      .selectFrom("items")
      .selectAll()
      .where("list_id", "in", [r(4), r(4)])
      .orderBy("id"),
  none: (db) => db.selectFrom("notes").selectAll().where("item_id", "is", null).orderBy("id"),
  join: (db, r) =>
    db
      .selectFrom("items as i")
      .innerJoin("lists as l", "l.id", "i.list_id")
      .select(["i.id", "i.title", "l.owner"])
      .where("l.owner", "=", text(r))
      .where("i.done", "=", flag(r))
      .orderBy("i.id"),
  leftJoin: (db, r) =>
    db
      .selectFrom("lists")
      .leftJoin("items", (join) => join.onRef("items.list_id", "=", "lists.id").on("items.done", "=", flag(r)))
      .select(["lists.id", "items.title", "items.id as item"])
      .where("lists.id", "=", r(4))
      .orderBy("items.id"),
  notesOfList: (db, r) =>
    db
      .selectFrom("notes")
      .innerJoin("items", "items.id", "notes.item_id")
      .select(["notes.id", "body"])
      .where("list_id", "=", r(4))
      .orderBy("notes.id"),
  exists: (db, r) =>
    db
      .selectFrom("lists")
      .selectAll()
      .where((where) =>
        where.exists(
          where
            .selectFrom("items")
            .select("items.id")
            .whereRef("items.list_id", "=", "lists.id")
            .where("title", "=", text(r)),
        ),
      )
      .orderBy("id"),
  inSubquery: (db, r) =>
    db
      .selectFrom("notes")
      .selectAll()
      .where("item_id", "in", (from) => from.selectFrom("items").select("id").where("list_id", "=", r(4)))
      .orderBy("id"),
  expression: (db, r) =>
    db
      .with("some", (from) => from.selectFrom("items").selectAll().where("list_id", "=", r(4)))
      .selectFrom("some")
      .select(["id", "title"])
      .orderBy("id"),
  titles: (db, r) => db.selectFrom("items").select(["id", "title"]).where("list_id", "=", r(4)).orderBy("id"),
  ranks: (db) => db.selectFrom("items").select("rank").orderBy("rank").orderBy("id"),
  owners: (db) => db.selectFrom("lists").select("owner as name").orderBy("id"),
  renamed: (db, r) =>
    db
      .with("some", (from) => from.selectFrom("items").select(["id", "rank as place"]).where("list_id", "=", r(4)))
      .selectFrom("some")
      .select(["place", "id"])
      .orderBy("id"),
  filtered: (db, r) =>
    db
      .selectFrom("items")
      .select(({ fn }) => fn.countAll().as("count"))
      .where("title", "=", text(r)),
  countOfDone: (db, r) =>
    db
      .selectFrom("items")
      .select(({ fn }) => [
        db.dialect === "mysql"
          ? fn.sum("done").as("count")
          : fn.countAll().filterWhere("done", "=", flag(r)).as("count"),
      ])
      .where("list_id", "=", r(4)),
  loud: (db) => db.selectFrom("notes").select(["id", "loud"]).orderBy("id"),
  rowNumbers: (db) =>
    db
      .selectFrom("lists")
      .select(db.dynamic.ref<"id">(db.dialect === "sqlite" ? "rowid" : "id"))
      .orderBy("id"),
  // Only PostgreSQL takes a table for a row.
  rows: (db) =>
    db
      .selectFrom("items")
      .select(db.dynamic.ref<"title">(db.dialect === "postgres" ? "items" : "title"))
      .orderBy("id"),
  // SQLite takes it for a circle.
  hiding: (db, r) =>
    db
      .with(db.dialect === "sqlite" ? "some" : "items", (from) => from.selectFrom("items").select(["id", "list_id"]))
      .selectFrom("items")
      .select("id")
      .where("list_id", "=", r(4))
      .orderBy("id"),
  union: (db, r) =>
    db
      .selectFrom("items")
      .select(["id", "title"])
      .where("list_id", "=", r(4))
      .union(db.selectFrom("notes").select(["id", "body as title"]).where("id", "=", r(8)))
      .orderBy("id")
      .orderBy("title"),
  count: (db, r) =>
    db
      .selectFrom("items")
      .select(({ fn }) => [fn.countAll().as("count"), fn.max("rank").as("top")])
      .where("list_id", "=", r(4)),
  first: (db, r) =>
    db.selectFrom("items").selectAll().where("done", "=", flag(r)).orderBy("rank").orderBy("id").limit(2),
  scalar: (db, r) =>
    db
      .selectFrom("lists")
      .select(({ selectFrom, fn }) => [
        "id",
        selectFrom("items").select(fn.countAll().as("n")).whereRef("items.list_id", "=", "lists.id").as("items"),
      ])
      .where("open", "=", flag(r))
      .orderBy("id"),
  window: (db, r) =>
    db
      .selectFrom("items")
      .select(["id", sql<number>`row_number() over (order by id)`.as("number")])
      .where("list_id", "=", r(4))
      .orderBy("id"),
  fromQuery: (db, r) =>
    db
      .selectFrom((from) => from.selectFrom("items").selectAll().where("title", "=", text(r)).as("i"))
      .selectAll()
      .orderBy("id"),
  written: (db, r) => rawQuery(db, r(4)),
};

function rawQuery(db: RandomDatabase, list: number): Runnable {
  const query = sql<{ id: number }>`select id, title from ${sql.table("items")} where list_id = ${list} order by id`;
  return { compile: () => query.compile(db), execute: () => query.execute(db) };
}

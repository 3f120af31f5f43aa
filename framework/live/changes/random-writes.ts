import { sql } from "../../db/index.ts";
import { type Random, type RandomDatabase, text } from "./random-queries.ts";

type Write = (db: RandomDatabase, random: Random) => Promise<unknown>;

/** A statement that changes something, or fails, or finds nothing to change. Returns its name. */
export async function randomWrite(db: RandomDatabase, random: Random): Promise<string> {
  const writes = Object.entries({ ...common, ...own[db.dialect] });
  const [name, write] = writes[random(writes.length)] ?? ["", async () => {}];
  await write(db, random);
  return name;
}

const flag = (random: Random): boolean => random(2) === 0;
const item = (random: Random) => ({
  id: random(12),
  list_id: random(4),
  title: text(random),
  done: flag(random),
  rank: random(3) === 0 ? null : random(9),
});

const common: Readonly<Record<string, Write>> = {
  addList: (db, r) =>
    db
      .insertInto("lists")
      .values({ id: r(4), owner: text(r), open: flag(r) })
      .execute(),
  addItem: (db, r) => db.insertInto("items").values(item(r)).execute(),
  addItems: (db, r) =>
    db
      .insertInto("items")
      .values([item(r), { ...item(r), id: 12 + r(4) }])
      .execute(),
  addNote: (db, r) =>
    db
      .insertInto("notes")
      .values({ id: r(8), item_id: r(12), body: text(r) })
      .execute(),
  copy: (db, r) =>
    db
      .insertInto("items")
      .columns(["id", "list_id", "title", "done", "rank"])
      .expression((from) =>
        from
          .selectFrom("items")
          .select(["rank as id", "list_id", "title", "done", "rank"])
          .where("id", "=", r(12))
          .where("rank", "is not", null),
      )
      .execute(),
  move: (db, r) =>
    db
      .updateTable("items")
      .set({ list_id: r(4) })
      .where("id", "=", r(12))
      .execute(),
  moveAll: (db, r) =>
    db
      .updateTable("items")
      .set({ list_id: r(4) })
      .where("list_id", "=", r(4))
      .execute(),
  renumberItem: (db, r) =>
    db
      .updateTable("items")
      .set({ id: 12 + r(8) })
      .where("id", "=", r(12))
      .execute(),
  rename: (db, r) =>
    db
      .updateTable("items")
      .set({ title: text(r) })
      .where("title", "=", text(r))
      .execute(),
  finish: (db, r) =>
    db
      .updateTable("items")
      .set({ done: flag(r) })
      .where("list_id", "=", r(4))
      .execute(),
  toggle: (db, r) =>
    db
      .updateTable("items")
      .set({ done: sql`not done` })
      .where("list_id", "in", [r(4), r(4)])
      .execute(),
  count: (db, r) =>
    db
      .updateTable("items as i")
      .set(({ eb }) => ({ rank: eb("rank", "+", 1) }))
      .where("i.list_id", "=", r(4))
      .execute(),
  moveById: (db, r) =>
    db.updateTable("items").set({ list_id: sql`(id + 1) % 4` }).where("list_id", "=", r(4)).execute(),
  rewrite: (db, r) =>
    db
      .updateTable("notes")
      .set({ body: text(r) })
      .where("id", "=", r(8))
      .execute(),
  rank: (db, r) =>
    db
      .updateTable("items")
      .set({ rank: r(9) })
      .where("id", "=", r(12))
      .execute(),
  close: (db, r) =>
    db
      .updateTable("lists")
      .set({ open: flag(r) })
      .where("id", "=", r(4))
      .execute(),
  renumber: (db, r) =>
    db
      .updateTable("lists")
      .set({ id: r(8) })
      .where("id", "=", r(4))
      .execute(),
  give: (db, r) =>
    db
      .updateTable("lists")
      .set({ owner: text(r) })
      .where("owner", "=", text(r))
      .execute(),
  drop: (db, r) => db.deleteFrom("items").where("list_id", "=", r(4)).where("done", "=", flag(r)).execute(),
  dropOne: (db, r) => db.deleteFrom("items").where("id", "=", r(12)).execute(),
  dropList: (db, r) => db.deleteFrom("lists").where("id", "=", r(4)).execute(),
  dropNotes: (db, r) =>
    db
      .deleteFrom("notes")
      .where("item_id", "in", (from) => from.selectFrom("items").select("id").where("list_id", "=", r(4)))
      .execute(),
  written: (db, r) => sql`update items set title = ${text(r)} where list_id = ${r(4)}`.execute(db),
  writtenDelete: (db, r) => sql`delete from ${sql.table("lists")} where id = ${r(4)}`.execute(db),
};

const upsert: Write = (db, r) =>
  db
    .insertInto("items")
    .values(item(r))
    .onConflict((on) => on.column("id").doUpdateSet({ list_id: r(4) }))
    .execute();

const own: Readonly<Record<RandomDatabase["dialect"], Readonly<Record<string, Write>>>> = {
  sqlite: {
    upsert,
    replaceList: (db, r) =>
      db
        .replaceInto("lists")
        .values({ id: r(4), owner: text(r), open: flag(r) })
        .execute(),
    orReplace: (db, r) =>
      db
        .insertInto("lists")
        .orReplace()
        .values({ id: r(4), owner: text(r), open: flag(r) })
        .execute(),
  },
  postgres: {
    upsert,
    updateFrom: (db, r) =>
      db
        .updateTable("items")
        .from("lists")
        .set({ title: text(r) })
        .whereRef("items.list_id", "=", "lists.id")
        .where("owner", "=", text(r))
        .execute(),
    deleteUsing: (db, r) =>
      db
        .deleteFrom("items")
        .using("lists")
        .whereRef("items.list_id", "=", "lists.id")
        .where("lists.owner", "=", text(r))
        .execute(),
    within: (db, r) =>
      db
        .with("gone", (from) => from.deleteFrom("notes").where("id", "=", r(8)).returning("id"))
        .selectFrom("gone")
        .selectAll()
        .execute(),
    writtenWithin: (db, r) =>
      sql`with gone as (${db.deleteFrom("items").where("id", "=", r(12))}) select 1`.execute(db),
    block: (db, r) =>
      sql.raw(`do $$ begin update items set rank = ${r(9)} where list_id = ${r(4)}; end $$`).execute(db),
    twice: (db, r) =>
      sql.raw(`update lists set open = false; update items set rank = 1 where id = ${r(12)}`).execute(db),
  },
  mysql: {
    upsert: (db, r) =>
      db
        .insertInto("items")
        .values(item(r))
        .onDuplicateKeyUpdate({ list_id: r(4) })
        .execute(),
    ignore: (db, r) => db.insertInto("items").ignore().values(item(r)).execute(),
    replaceList: (db, r) =>
      db
        .replaceInto("lists")
        .values({ id: r(4), owner: text(r), open: flag(r) })
        .execute(),
    updateJoined: (db, r) =>
      sql`update lists join items on items.list_id = lists.id set items.title = ${text(r)} where lists.id = ${r(4)}`.execute(
        db,
      ),
    deleteJoined: (db, r) =>
      sql`delete items, notes from items join notes on notes.item_id = items.id where items.list_id = ${r(4)}`.execute(
        db,
      ),
  },
};

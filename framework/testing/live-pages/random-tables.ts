import { type Database, sql } from "../../db/index.ts";

/** Items go with their lists, notes lose their items. `roles` says who is whose owner. */
export type PageTables = {
  readonly live_lists: { id: number; owner: string; name: string };
  readonly live_items: { id: number; list_id: number; title: string; done: boolean; place: number };
  readonly live_notes: { id: number; item_id: number | null; body: string };
  readonly live_roles: { user_id: string; list_id: number };
};

export type PageDatabase = ReturnType<typeof pageTables>;
export type Random = (below: number) => number;
export function pageTables(db: Database) {
  return db.withTables<PageTables>();
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const index = random(from.length);
  if (from.length === 0) throw new RangeError("There is nothing to choose from.");
  return from[index] as T;
}

const texts = [
  "ann",
  "Ann ",
  "bob",
  "",
  '<b> & "c" \'',
  "one\ntwo",
  "one\r\n\r\ntwo",
  "data: $& $1",
  "Zoë 🎈",
  "0",
] as const;
export const owners = ["ann", "bob", "cem"] as const;
const text = (random: Random): string => pick(random, texts);

export async function createPageTables({ schema }: Database): Promise<void> {
  await schema
    .createTable("live_lists")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("owner", "varchar(40)")
    .addColumn("name", "varchar(40)")
    .execute();
  await schema
    .createTable("live_items")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("list_id", "integer")
    .addColumn("title", "varchar(40)")
    .addColumn("done", "boolean")
    .addColumn("place", "integer")
    .addForeignKeyConstraint("live_items_list", ["list_id"], "live_lists", ["id"], (key) => key.onDelete("cascade"))
    .execute();
  await schema
    .createTable("live_notes")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("item_id", "integer")
    .addColumn("body", "varchar(40)")
    .addForeignKeyConstraint("live_notes_item", ["item_id"], "live_items", ["id"], (key) => key.onDelete("set null"))
    .execute();
  await schema.createTable("live_roles").addColumn("user_id", "varchar(64)").addColumn("list_id", "integer").execute();
}

export async function refill(db: PageDatabase, random: Random): Promise<void> {
  await db.transaction().execute(async () => {
    for (const table of ["live_notes", "live_items", "live_lists"] as const) await db.deleteFrom(table).execute();
    const ids = (count: number) => Array.from({ length: count }, (_, id) => id);
    await db
      .insertInto("live_lists")
      .values(ids(3).map((id) => ({ id, owner: pick(random, owners), name: text(random) })))
      .execute();
    await db
      .insertInto("live_items")
      .values(ids(9).map((id) => ({ ...randomItem(random), id })))
      .execute();
    await db
      .insertInto("live_notes")
      .values(ids(6).map((id) => ({ id, item_id: id, body: text(random) })))
      .execute();
  });
}

const randomItem = (r: Random) => ({
  id: r(24),
  list_id: r(3),
  title: text(r),
  done: r(2) === 0,
  place: r(9),
});

type Write = (db: PageDatabase, random: Random) => Promise<unknown>;

const statements: Readonly<Record<string, Write>> = {
  addItem: (db, r) => db.insertInto("live_items").values(randomItem(r)).execute(),
  addItems: (db, r) =>
    db
      .insertInto("live_items")
      .values([
        { ...randomItem(r), id: 24 + r(4) },
        { ...randomItem(r), id: 28 + r(4) },
      ])
      .execute(),
  addNote: (db, r) =>
    db
      .insertInto("live_notes")
      .values({ id: r(30), item_id: r(9), body: text(r) })
      .execute(),
  // MySQL has other words for it, and refuses this.
  upsert: (db, r) =>
    db
      .insertInto("live_items")
      .values(randomItem(r))
      .onConflict((on) => on.column("id").doUpdateSet({ list_id: r(3) }))
      .execute(),
  rename: (db, r) =>
    db
      .updateTable("live_items")
      .set({ title: text(r) })
      .where("id", "=", r(12))
      .execute(),
  move: (db, r) =>
    db
      .updateTable("live_items")
      .set({ list_id: r(3) })
      .where("id", "=", r(12))
      .execute(),
  moveAll: (db, r) =>
    db
      .updateTable("live_items")
      .set({ list_id: r(3) })
      .where("list_id", "=", r(3))
      .execute(),
  moveDone: (db, r) =>
    db
      .updateTable("live_items")
      .set({ list_id: r(3) })
      .where("list_id", "=", r(3))
      .where("done", "=", r(2) === 0)
      .execute(),
  finish: (db, r) =>
    db
      .updateTable("live_items")
      .set({ done: r(2) === 0 })
      .where("list_id", "=", r(3))
      .where("id", "=", r(12))
      .execute(),
  order: (db, r) =>
    db
      .updateTable("live_items")
      .set({ place: r(9) })
      .where("id", "in", [r(12), r(12)])
      .execute(),
  shuffle: (db, r) =>
    db.updateTable("live_items").set({ place: sql`(place * 5 + id) % 9` }).where("list_id", "=", r(3)).execute(),
  give: (db, r) =>
    db
      .updateTable("live_lists")
      .set({ owner: pick(r, owners) })
      .where("owner", "=", pick(r, owners))
      .execute(),
  nameList: (db, r) =>
    db
      .updateTable("live_lists")
      .set({ name: text(r) })
      .where("id", "=", r(3))
      .execute(),
  dropItem: (db, r) => db.deleteFrom("live_items").where("id", "=", r(12)).execute(),
  dropDone: (db, r) => db.deleteFrom("live_items").where("list_id", "=", r(3)).where("done", "=", true).execute(),
  dropList: (db, r) => db.deleteFrom("live_lists").where("id", "=", r(3)).execute(),
  dropLists: (db, r) => db.deleteFrom("live_lists").where("owner", "=", pick(r, owners)).execute(),
  addList: (db, r) =>
    db
      .insertInto("live_lists")
      .values({ id: r(3), owner: pick(r, owners), name: text(r) })
      .execute(),
  dropNotes: (db, r) =>
    db
      .deleteFrom("live_notes")
      .where("item_id", "in", (from) => from.selectFrom("live_items").select("id").where("list_id", "=", r(3)))
      .execute(),
  byHand: (db, r) => sql`update live_items set title = ${text(r)} where list_id = ${r(3)}`.execute(db),
};

const names = Object.keys(statements);

/** Writes in one of the ways in which an app may: one statement or some, in a transaction or not, rolled back or not. What fails is left as it is. */
export async function writeSomething(db: PageDatabase, random: Random): Promise<string> {
  const done: string[] = [];
  const some = async () => {
    for (let count = random(3); count >= 0; count -= 1) {
      const name = pick(random, names);
      done.push(name);
      await statements[name]?.(db, random);
    }
  };
  const lost = () => some().then(() => Promise.reject(new RangeError("rolled back")));
  const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["plainly", some],
    ["plainly", some],
    ["in a transaction", () => db.transaction().execute(some)],
    ["in a transaction", () => db.transaction().execute(some)],
    ["rolled back", () => db.transaction().execute(lost)],
    [
      "in a nested transaction",
      () =>
        db.transaction().execute(async () => {
          await some();
          await db
            .transaction()
            .execute(random(2) === 0 ? some : lost)
            .catch(() => {});
        }),
    ],
  ];
  const [way, run] = pick(random, ways);
  const failure = await run().then(
    () => "",
    (error: unknown) => `, which failed: ${String(error).slice(0, 60)}`,
  );
  return `${done.join(", ")} ${way}${failure}`;
}

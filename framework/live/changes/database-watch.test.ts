import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { CamelCasePlugin, type Database, openDatabase, sql } from "../../db/index.ts";
import { createScratchDatabase } from "../../test-support/scratch-database.ts";
import { services } from "../../test-support/services.ts";
import type { Change } from "./change.ts";
import { DatabaseWatch } from "./database-watch.ts";

interface Shown {
  readonly lists: { id: number; name: string };
  readonly items: { id: number; list_id: number; title: string };
  readonly notes: { id: number; item_id: number | null };
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(serverUrl = "sqlite:") {
  const scratch = await createScratchDatabase(serverUrl);
  closing.push(scratch.drop);
  const opened = await openDatabase(scratch.url, { log: silentLogger });
  closing.push(() => opened.destroy());
  const messages: (readonly Change[])[] = [];
  const watch = new DatabaseWatch({
    db: opened,
    log: silentLogger,
    namesStatements: false,
    publish: async (told) => void messages.push(told),
  });
  closing.push(async () => watch.stop());
  await createTables(opened);
  await watch.start();
  messages.length = 0;
  const shown = opened as unknown as Database<Shown>;
  const said = () => messages.splice(0).map((changes) => changes.map(({ table, only }) => [table, { ...only }]));
  const add = (id: number, on = shown) => on.insertInto("items").values({ id, list_id: 1, title: "x" }).execute();
  return { db: shown, opened, watch, said, add };
}

async function createTables({ schema }: Database): Promise<void> {
  await schema
    .createTable("lists")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("name", "varchar(40)")
    .execute();
  await schema
    .createTable("items")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("list_id", "integer")
    .addColumn("title", "varchar(40)")
    .addForeignKeyConstraint("fk_list", ["list_id"], "lists", ["id"], (key) =>
      key.onDelete("cascade").onUpdate("cascade"),
    )
    .execute();
  await schema
    .createTable("notes")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("item_id", "integer")
    .addForeignKeyConstraint("fk_item", ["item_id"], "items", ["id"], (key) => key.onDelete("set null"))
    .execute();
}

const item = (id: number) => ["items", { id: [String(id)], list_id: ["1"], title: ["x"] }];
const servers = [
  { name: "SQLite", url: "sqlite:" },
  { name: "PostgreSQL", url: services.postgres },
  { name: "MySQL or MariaDB", url: services.mysql },
].filter(({ url }) => url !== null);

describe.each(servers)("DatabaseWatch on $name", ({ url }) => {
  it("knows what foreign keys, views and triggers change along", { timeout: 30_000 }, async () => {
    const { db, opened, watch, said, add } = await open(url ?? "");
    await db.insertInto("lists").values({ id: 1, name: "a" }).execute();
    await add(1);
    said();

    await db.updateTable("lists").set({ id: 2 }).where("id", "=", 1).execute();
    await db.deleteFrom("lists").where("id", "=", 2).execute();
    expect(said()).toEqual([
      [
        ["lists", { id: ["1", "2"] }],
        ["items", {}],
      ],
      [
        ["lists", { id: ["2"] }],
        ["items", {}],
        ["notes", {}],
      ],
    ]);

    await opened.schema.createView("shown").as(db.selectFrom("lists").select("id")).execute();
    expect(said()).toEqual([[["*", { structure: [""] }]]]);
    await watch.settled();
    const view = db.withTables<{ shown: { id: number } }>().selectFrom("shown").selectAll();
    expect((await watch.record(() => view.execute())).reads).toEqual([{ table: "*", where: {} }]);

    await createTrigger(opened);
    await watch.settled();
    said();
    await db.insertInto("lists").values({ id: 3, name: "a" }).execute();
    expect(said()).toEqual([[["*", {}]]]);
  });
});

async function createTrigger(db: Database): Promise<void> {
  if (db.dialect === "postgres")
    await sql`create function f() returns trigger language plpgsql as 'begin return new; end'`.execute(db);
  const body = {
    sqlite: "for each row begin delete from notes where id = 1; end",
    postgres: "for each row execute function f()",
    mysql: "for each row delete from notes where id = 1",
  };
  await sql.raw(`create trigger t after insert on lists ${body[db.dialect]}`).execute(db);
}

describe("DatabaseWatch", () => {
  it("tells of a transaction once, when it is committed, in a message that stays small", {
    timeout: 30_000,
  }, async () => {
    const { db, said, add } = await open();
    await db.insertInto("lists").values({ id: 1, name: "a" }).execute();
    said();

    await db.transaction().execute(async () => {
      await add(1);
      await db.transaction().execute(() => add(2));
      expect(said()).toEqual([]);
    });
    expect(said()).toEqual([[item(1), item(2)]]);
    await db.transaction().execute(async () => {
      for (let id = 10; id < 10_010; id += 1) await add(id);
    });
    expect(said()).toEqual([[["items", {}]]]);
  });

  it("tells nothing of a transaction that is rolled back", async () => {
    const { db, said, add } = await open();
    await db.insertInto("lists").values({ id: 1, name: "a" }).execute();
    said();

    const lost = db.transaction().execute(async () => {
      await add(1);
      throw new RangeError("no");
    });
    await expect(lost).rejects.toThrow("no");
    const controlled = await db.startTransaction().execute();
    await controlled.insertInto("items").values({ id: 1, list_id: 1, title: "x" }).execute();
    await controlled.rollback().execute();

    expect(said()).toEqual([]);
  });

  it("waits for the commit of a transaction whose async context is lost", async () => {
    const { db, said } = await open();
    const lose = AsyncLocalStorage.snapshot();
    const values = (id: number) => ({ id, name: "a" });

    await db.transaction().execute(async (trx) => {
      await lose(() => trx.insertInto("lists").values(values(1)).execute());
      expect(said()).toEqual([]);
    });

    expect(said()).toEqual([[["lists", { id: ["1"], name: ["a"] }]]]);
  });

  it.skipIf(services.postgres === null)("keeps transactions apart that are open at once", async () => {
    const { db, said } = await open(services.postgres ?? "");
    const controlled = await db.startTransaction().execute();
    await controlled.insertInto("lists").values({ id: 1, name: "controlled" }).execute();

    await db.transaction().execute(() => db.insertInto("lists").values({ id: 2, name: "scoped" }).execute());
    expect(said()).toEqual([[["lists", { id: ["2"], name: ["scoped"] }]]]);
    await controlled.commit().execute();

    expect(said()).toEqual([[["lists", { id: ["1"], name: ["controlled"] }]]]);
  });

  it.skipIf(services.postgres === null)(
    "takes the partitions of a table, and those below them, for that table",
    async () => {
      const { opened, watch, said } = await open(services.postgres ?? "");
      const steps = [
        "create table events (day integer, kind text) partition by range (day)",
        "create table events_old partition of events for values from (0) to (10)",
        "create table events_new partition of events for values from (10) to (20) partition by list (kind)",
        "create table events_new_a partition of events_new for values in ('a')",
        "create table other (day integer)",
        "create table other_below () inherits (other)",
      ];
      for (const step of steps) await sql.raw(step).execute(opened);
      await watch.settled();
      said();
      const names = ["events", "events_old", "events_new", "events_new_a", "other", "other_below"] as const;
      const tables = opened.withTables<Record<(typeof names)[number], { day: number }>>();

      const reads = [];
      for (const name of names)
        reads.push(...(await watch.record(() => tables.selectFrom(name).select("day").execute())).reads);
      await tables.insertInto("events_old").values({ day: 1 }).execute();
      await tables.insertInto("events").values({ day: 2 }).execute();
      await tables.updateTable("events_new_a").set({ day: 11 }).where("day", "=", 12).execute();
      await tables.deleteFrom("other_below").execute();

      expect(reads.map(({ table }) => table)).toEqual(["events", "events", "events", "events", "other", "other"]);
      expect(said().flat()).toEqual([
        ["events", { day: ["1"] }],
        ["events", { day: ["2"] }],
        ["events", { day: ["12", "11"] }],
        ["other", {}],
      ]);
    },
  );

  it.skipIf(services.postgres === null)("knows what one partition has that the others haven't", async () => {
    const { opened, watch, said } = await open(services.postgres ?? "");
    const steps = [
      "create table days (day integer primary key) partition by range (day)",
      "create table days_old partition of days for values from (0) to (10)",
      "create table days_new partition of days for values from (10) to (20)",
      "create table marks (day integer references days_old (day) on delete cascade)",
    ];
    for (const step of steps) await sql.raw(step).execute(opened);
    await watch.settled();
    said();
    const days = opened.withTables<{ days: { day: number } }>();

    await days.deleteFrom("days").where("day", "=", 1).execute();
    const along = said();
    await sql`create function f() returns trigger language plpgsql as 'begin delete from marks; return new; end'`.execute(
      opened,
    );
    await sql`create trigger t after insert on days_new for each row execute function f()`.execute(opened);
    await watch.settled();
    said();
    await days.insertInto("days").values({ day: 12 }).execute();

    expect(along).toEqual([
      [
        ["days", { day: ["1"] }],
        ["marks", {}],
      ],
    ]);
    expect(said()).toEqual([[["*", {}]]]);
  });

  it.skipIf(services.postgres === null)("takes a write to a table with a rule for a change to everything", async () => {
    const { db, opened, watch, said } = await open(services.postgres ?? "");
    await sql`create rule also as on delete to notes do also delete from lists`.execute(opened);
    await watch.settled();
    said();

    await db.deleteFrom("notes").where("id", "=", 1).execute();
    await sql`drop rule also on notes`.execute(opened);
    await watch.settled();
    const seen = said();
    await db.deleteFrom("notes").where("id", "=", 1).execute();

    expect(seen[0]).toEqual([["*", {}]]);
    expect(said()).toEqual([[["notes", { id: ["1"] }]]]);
  });

  it("sees streams that are left early, failed statements, and derived databases", async () => {
    const { db, watch, said, add } = await open();
    await db
      .insertInto("lists")
      .values([
        { id: 1, name: "a" },
        { id: 2, name: "b" },
      ])
      .execute();
    said();

    const { reads } = await watch.record(async () => {
      for await (const _ of db.selectFrom("lists").selectAll().stream()) break;
    });
    expect(reads).toEqual([{ table: "lists", where: {} }]);
    await add(1);
    await add(1).catch(() => {});
    expect(said()).toEqual([[item(1)], [item(1)]]);
    const camel = db.withPlugin(new CamelCasePlugin()).withTables<{ items: { listId: number } }>();
    await camel.updateTable("items").set({ listId: 1 }).where("listId", "=", 1).execute();
    expect(said()).toEqual([[["items", { list_id: ["1"] }]]]);
  });

  it("leaves out tables that the framework writes to all the time", async () => {
    const { db, opened, watch, said } = await open();
    await opened.schema.createTable("sessions").addColumn("id", "integer").execute();
    await watch.settled();
    said();

    await db.withTables<{ sessions: { id: number } }>().insertInto("sessions").values({ id: 1 }).execute();

    expect(said()).toEqual([]);
  });
});

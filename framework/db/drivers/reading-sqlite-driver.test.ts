import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGate } from "../../test-support/create-gate.ts";
import type { Database } from "../database.ts";
import { openDatabase } from "../open-database.ts";

interface Notes {
  readonly notes: { readonly id: number; readonly text: string };
}

let folder = "";
let db: Database<Notes>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "buffkit-reading-"));
  db = await openDatabase<Notes>(`sqlite:${join(folder, "app.db")}`, { lockWaitMs: 2000 });
  await sql`create table notes (id integer primary key, text text not null)`.execute(db);
  await db.insertInto("notes").values({ id: 1, text: "first" }).execute();
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

const texts = async () => (await db.selectFrom("notes").select("text").orderBy("id").execute()).map(({ text }) => text);

describe("ReadingSqliteDriver", () => {
  it("reads the state before a transaction while it is still running", async () => {
    const seen: string[][] = [];
    const [end, begun] = [createGate(), createGate()];

    const writing = db.transaction().execute(async (trx) => {
      await trx.insertInto("notes").values({ id: 2, text: "second" }).execute();
      seen.push(await texts());
      begun.open();
      await end.opened;
    });
    await begun.opened;
    seen.push(await texts());
    end.open();
    await writing;
    seen.push(await texts());

    expect(seen).toEqual([["first", "second"], ["first"], ["first", "second"]]);
  });

  it("reads while a writer waits for another process's lock", async () => {
    const other = new Sqlite(join(folder, "app.db"));
    other.exec("begin immediate");

    const writing = db.insertInto("notes").values({ id: 2, text: "second" }).execute();
    const transaction = db.transaction().execute(async (trx) => {
      await trx.insertInto("notes").values({ id: 3, text: "third" }).execute();
    });
    const whileWaiting = await texts();
    other.exec("commit");
    other.close();
    await Promise.all([writing, transaction]);

    expect([whileWaiting, await texts()]).toEqual([["first"], ["first", "second", "third"]]);
  });

  it("writes again after a failed transaction", async () => {
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto("notes").values({ id: 2, text: "never" }).execute();
      throw new TypeError("no");
    });

    await expect(failing).rejects.toThrow("no");
    await db.insertInto("notes").values({ id: 2, text: "second" }).execute();

    expect(await texts()).toEqual(["first", "second"]);
  });

  it("writes again after a writer gave up waiting", async () => {
    const impatient = await openDatabase<Notes>(`sqlite:${join(folder, "app.db")}`, { lockWaitMs: 20 });
    const other = new Sqlite(join(folder, "app.db"));
    other.exec("begin immediate");

    const transaction = impatient.transaction().execute((trx) => trx.deleteFrom("notes").execute());
    await expect(transaction).rejects.toThrow(/locked/);
    other.exec("commit");
    other.close();
    await impatient.insertInto("notes").values({ id: 2, text: "second" }).execute();
    await impatient.destroy();

    expect(await texts()).toEqual(["first", "second"]);
  });

  it("reads the current columns after a schema change", async () => {
    const all = () => db.selectFrom("notes").selectAll().execute();
    await all();

    const [altered, read] = [createGate(), createGate()];
    const altering = db.transaction().execute(async (trx) => {
      await sql`alter table notes add column is_done boolean not null default 1`.execute(trx);
      altered.open();
      await read.opened;
    });
    await altered.opened;
    await all();
    read.open();
    await altering;

    expect(await all()).toEqual([{ id: 1, text: "first", is_done: true }]);
  });

  it("streams rows, and lets others write afterwards", async () => {
    const streamed: string[] = [];

    for await (const { text } of db.selectFrom("notes").select("text").stream()) streamed.push(text);
    await db.insertInto("notes").values({ id: 2, text: "second" }).execute();

    expect([streamed, await texts()]).toEqual([["first"], ["first", "second"]]);
  });

  it("keeps a connection that has written until it is released", async () => {
    const seen = await db.connection().execute(async (connection) => {
      await sql`begin immediate`.execute(connection);
      await connection.insertInto("notes").values({ id: 2, text: "never" }).execute();
      const other = db.insertInto("notes").values({ id: 3, text: "third" }).execute();
      await texts();
      const own = await connection.selectFrom("notes").select("text").where("id", "=", 2).execute();
      await sql`rollback`.execute(connection);
      return { own, other };
    });
    await seen.other;

    expect([seen.own, await texts()]).toEqual([[{ text: "never" }], ["first", "third"]]);
  });

  it("ends streams that are still read when it is closed", async () => {
    const stream = db.selectFrom("notes").select("text").stream()[Symbol.asyncIterator]();
    await db.insertInto("notes").values({ id: 2, text: "second" }).execute();
    await stream.next();

    await db.destroy();

    expect((await stream.next()).done).toBe(true);
  });

  it("reads a stream of a database in memory at once, so that its reader can write", async () => {
    const memory = await openDatabase<Notes>("sqlite::memory:", { waitMs: 300 });
    await sql`create table notes (id integer primary key, text text not null)`.execute(memory);
    await memory
      .insertInto("notes")
      .values([1, 2, 3].map((id) => ({ id, text: "old" })))
      .execute();
    const streamed: unknown[] = [];

    for await (const { id, text } of memory.selectFrom("notes").selectAll().stream()) {
      await memory.updateTable("notes").set({ text: "new" }).execute();
      streamed.push([id, text]);
    }
    await memory.destroy();

    expect(streamed).toEqual([1, 2, 3].map((id) => [id, "old"]));
  });
});

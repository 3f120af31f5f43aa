import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { services } from "../../test-support/services.ts";
import { openDatabase } from "../open-database.ts";

describe.skipIf(services.postgres === null)("a PostgreSQL server that drops its connections", () => {
  it("fails the running query as unavailable, and works again immediately", async () => {
    const db = await openDatabase(services.postgres ?? "", { log: silentLogger });
    const other = await openDatabase(services.postgres ?? "", { log: silentLogger });
    const pid = await db.connection().execute(async (connection) => {
      const [row] = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection)).rows;
      const sleeping = sql`select pg_sleep(30)`.execute(connection).catch((error: unknown) => error);
      await sql`select pg_terminate_backend(${row?.pid})`.execute(other);
      expect(await sleeping).toMatchObject({ code: "DB_UNAVAILABLE", status: 503 });
      return row?.pid;
    });

    const [after] = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows;

    expect(after?.pid).not.toBe(pid);
    await Promise.all([db.destroy(), other.destroy()]);
  });

  it("survives the loss of an idle connection", async () => {
    const lost: unknown[] = [];
    const log = { ...silentLogger, warn: (facts: object) => void lost.push(facts) };
    const db = await openDatabase(services.postgres ?? "", { log, poolSize: 1 });
    const other = await openDatabase(services.postgres ?? "", { log: silentLogger });
    const [row] = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows;

    await sql`select pg_terminate_backend(${row?.pid})`.execute(other);

    await expect.poll(() => lost.length).toBe(1);
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await Promise.all([db.destroy(), other.destroy()]);
  });

  it("rolls back a transaction whose connection breaks", async () => {
    const db = await openDatabase(services.postgres ?? "", { log: silentLogger });
    const other = await openDatabase(services.postgres ?? "", { log: silentLogger });

    const cut = db.transaction().execute(async (trx) => {
      const [row] = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)).rows;
      await sql`select pg_terminate_backend(${row?.pid})`.execute(other);
      await sql`select 1`.execute(trx);
    });

    await expect(cut).rejects.toThrow(expect.objectContaining({ status: 503 }));
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await Promise.all([db.destroy(), other.destroy()]);
  });
});

describe.skipIf(services.mysql === null)("a MySQL server that drops its connections", () => {
  it("fails the running query as unavailable, and works again immediately", async () => {
    const db = await openDatabase(services.mysql ?? "", { log: silentLogger });
    const other = await openDatabase(services.mysql ?? "", { log: silentLogger });
    await db.connection().execute(async (connection) => {
      const [row] = (await sql<{ id: number }>`select connection_id() as id`.execute(connection)).rows;
      const sleeping = sql`select sleep(30)`.execute(connection).catch((error: unknown) => error);
      await sql`kill connection ${sql.lit(row?.id ?? 0)}`.execute(other);
      expect(await sleeping).toMatchObject({ code: "DB_UNAVAILABLE", status: 503 });
    });

    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await Promise.all([db.destroy(), other.destroy()]);
  });

  it("fails a transaction as unavailable even though it can't be rolled back on the broken connection", async () => {
    const db = await openDatabase(services.mysql ?? "", { log: silentLogger });
    const other = await openDatabase(services.mysql ?? "", { log: silentLogger });

    const cut = db.transaction().execute(async (trx) => {
      const [row] = (await sql<{ id: number }>`select connection_id() as id`.execute(trx)).rows;
      const sleeping = sql`select sleep(30)`.execute(trx);
      // Together, as either may be answered first.
      await Promise.all([sleeping, sql`kill connection ${sql.lit(row?.id ?? 0)}`.execute(other)]);
    });

    await expect(cut).rejects.toThrow(expect.objectContaining({ code: "DB_UNAVAILABLE", status: 503 }));
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await Promise.all([db.destroy(), other.destroy()]);
  });
});

describe("an SQLite database that is out of space", () => {
  it("fails writes as full, keeps reading, and recovers on its own", async () => {
    const db = await openDatabase("sqlite::memory:");
    await sql`create table notes (text text)`.execute(db);
    await sql`insert into notes values ('kept')`.execute(db);
    const pages = (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]?.page_count ?? 0;
    await sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db);
    const fill = () => sql`insert into notes values (${"x".repeat(100_000)})`.execute(db);

    await expect(fill()).rejects.toThrow(expect.objectContaining({ code: "DB_FULL", status: 507 }));

    expect((await sql`select text from notes`.execute(db)).rows).toEqual([{ text: "kept" }]);
    await sql`pragma max_page_count = 100000`.execute(db);
    await fill();
    await db.destroy();
  });

  it("fails as full when a transaction runs out of space, which SQLite rolls back on its own", async () => {
    const db = await openDatabase("sqlite::memory:");
    await sql`create table notes (text text)`.execute(db);
    const pages = (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]?.page_count ?? 0;
    await sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db);

    const filling = db.transaction().execute(async (trx) => {
      await sql`insert into notes values ('small')`.execute(trx);
      await sql`insert into notes values (${"x".repeat(100_000)})`.execute(trx);
    });

    await expect(filling).rejects.toThrow(expect.objectContaining({ code: "DB_FULL", status: 507 }));
    expect((await sql`select text from notes`.execute(db)).rows).toEqual([]);
    await db.destroy();
  });
});

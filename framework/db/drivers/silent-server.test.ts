import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { createLogger } from "../../base/index.ts";
import { services } from "../../test-support/services.ts";
import { SilentLine } from "../../test-support/silent-line.ts";
import type { Database } from "../database.ts";
import { type OpenDatabaseOptions, openDatabase } from "../open-database.ts";
import { withQueryTimeout } from "./query-limit.ts";

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

/** Longer than anything takes here, on a busy machine too, but shorter than a page that hangs. */
const soonMs = 15_000;

function describeOn(name: string, serverUrl: string | null, sleepFor: (seconds: number) => string): void {
  const open = async (options: OpenDatabaseOptions = {}) => {
    const url = new URL(serverUrl ?? "");
    const line = await SilentLine.to(Number(url.port || (name === "PostgreSQL" ? 5432 : 3306)));
    cleanups.push(() => line.close());
    url.port = String(line.port);
    url.hostname = "127.0.0.1";
    const lines: string[] = [];
    const log = createLogger({ destination: { write: (text: string) => void lines.push(JSON.parse(text).msg) } });
    const db = await openDatabase(url.href, { log, connectTimeoutMs: 1000, ...options });
    cleanups.push(() => db.destroy());
    return { db, line, lines };
  };
  const ask = async (db: Database) => (await sql<{ one: number }>`select 1 as one`.execute(db)).rows;
  const sleep = (db: Database, seconds: number) => sql`select ${sql.raw(sleepFor(seconds))}`.execute(db);
  const codeOf = (result: Promise<unknown>) =>
    result.then(
      () => "fine",
      (error: { readonly code?: string }) => error.code,
    );

  describe.skipIf(serverUrl === null)(`${name} behind connections that went silent`, () => {
    it("responds as soon as they are found to be dead, although all of the pool are", { timeout: 60_000 }, async () => {
      const { db, line, lines } = await open({ waitMs: 30_000 });
      // Ten connections, which are idle for so long that nobody trusts them.
      await Promise.all(Array.from({ length: 10 }, () => sleep(db, 0.2)));
      await new Promise((resolve) => setTimeout(resolve, 1100));

      line.silence();
      const from = performance.now();
      const replies = await Promise.all(Array.from({ length: 20 }, () => ask(db)));

      expect(replies).toEqual(Array.from({ length: 20 }, () => [{ one: 1 }]));
      expect(performance.now() - from).toBeLessThan(soonMs);
      await expect
        .poll(() => lines, { timeout: 5000 })
        .toEqual(["a connection to the database was lost and is replaced"]);
      expect(db.stats()).toEqual({ state: "up", inUse: 0, waiting: 0 });
    });

    it("fails a query after its limit, and the next one has a new connection", async () => {
      const { db, line } = await open({ poolSize: 1, queryTimeoutMs: 500 });

      const silent = db.transaction().execute(async (trx) => {
        line.silence();
        await sql`select 1`.execute(trx);
      });

      await expect(silent).rejects.toMatchObject({ code: "DB_QUERY_TIMEOUT", status: 503 });
      expect(await ask(db)).toEqual([{ one: 1 }]);
    });
  });

  describe.skipIf(serverUrl === null)(`${name} when it stops responding`, () => {
    it("is away within seconds, told once, and used again once it responds", { timeout: 90_000 }, async () => {
      const { db, line, lines } = await open({ queryTimeoutMs: 60_000, poolSize: 2 });
      const stuck = [sleep(db, 1), sleep(db, 1)];
      await expect.poll(() => db.stats().inUse).toBe(2);

      line.stall();
      await expect.poll(() => db.stats().state, { timeout: soonMs }).toBe("away");
      const from = performance.now();
      const code = await codeOf(ask(db));
      const refusedAfterMs = performance.now() - from;
      const { inUse } = db.stats();
      line.resume();
      await expect.poll(() => db.stats().state, { timeout: soonMs }).toBe("up");

      expect([code, inUse]).toEqual(["DB_UNAVAILABLE", 2]);
      expect(refusedAfterMs).toBeLessThan(5000);
      expect(await Promise.all(stuck)).toHaveLength(2);
      expect(await ask(db)).toEqual([{ one: 1 }]);
      expect(lines).toEqual(["the database is away; what needs it fails until it is back", "the database is back"]);
    });

    it("isn't opened for ever", async () => {
      const url = new URL(serverUrl ?? "");
      const line = await SilentLine.to(Number(url.port || (name === "PostgreSQL" ? 5432 : 3306)));
      cleanups.push(() => line.close());
      line.stall();
      url.port = String(line.port);

      const opening = openDatabase(url.href, { connectTimeoutMs: 300 });

      await expect(opening).rejects.toMatchObject({ code: "DB_UNREACHABLE" });
    });
  });

  describe.skipIf(serverUrl === null)(`a query that takes ${name} long`, () => {
    it("fails after the limit, and ends on the server too", async () => {
      const db = await openDatabase(serverUrl ?? "", { poolSize: 1, queryTimeoutMs: 300 });
      cleanups.push(() => db.destroy());
      const running = async () => {
        const list =
          name === "PostgreSQL"
            ? sql`select 1 from pg_stat_activity where query like 'select pg_sleep(98.7%'`
            : sql`select 1 from information_schema.processlist where info like 'select sleep(98.7%'`;
        return (await list.execute(db)).rows.length;
      };

      const code = await codeOf(sleep(db, 98.7));

      expect(code).toBe("DB_QUERY_TIMEOUT");
      await expect.poll(running, { timeout: soonMs }).toBe(0);
    });

    it("isn't ended on the server behind a proxy, whose numbers may be those of another connection", async () => {
      const { db } = await open({ poolSize: 2, queryTimeoutMs: 300 });
      const direct = await openDatabase(serverUrl ?? "");
      cleanups.push(() => direct.destroy());
      const list =
        name === "PostgreSQL"
          ? sql`select 1 from pg_stat_activity where query like 'select pg_sleep(2.1%'`
          : sql`select 1 from information_schema.processlist where info like 'select sleep(2.1%'`;

      const code = await codeOf(sleep(db, 2.1));
      await new Promise((resolve) => setTimeout(resolve, 700));

      expect([code, (await list.execute(direct)).rows.length]).toEqual(["DB_QUERY_TIMEOUT", 1]);
    });

    it("fails as a stream too, but not because its reader takes long", async () => {
      const db = await openDatabase(serverUrl ?? "", { poolSize: 1, queryTimeoutMs: 300 });
      cleanups.push(() => db.destroy());
      const slow = db.selectNoFrom(sql`${sql.raw(sleepFor(30))}`.as("slept")).stream(1);
      const columns = sql<{ name: string }>`(select column_name as name from information_schema.columns)`.as("columns");
      const names = () => db.selectFrom(columns).select("name");

      const code = await codeOf(slow[Symbol.asyncIterator]().next());
      const all = (await names().execute()).length;
      const own = sql<{
        id: number;
      }>`select ${sql.raw(name === "PostgreSQL" ? "pg_backend_pid()" : "connection_id()")} as id`;
      const before = await own.execute(db);
      let read = 0;
      for await (const _row of names().stream(10)) {
        read += 1;
        if (read === 5) await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      // Longer than the limit, which must not count any further.
      await new Promise((resolve) => setTimeout(resolve, 500));

      expect([code, read]).toEqual(["DB_QUERY_TIMEOUT", all]);
      expect((await own.execute(db)).rows).toEqual(before.rows);
    });

    it("keeps others waiting for longer than a connection may take to open", async () => {
      const db = await openDatabase(serverUrl ?? "", { poolSize: 1, connectTimeoutMs: 500 });
      cleanups.push(() => db.destroy());

      const codes = await Promise.all([codeOf(sleep(db, 1.5)), codeOf(ask(db))]);

      expect(codes).toEqual(["fine", "fine"]);
    });

    it("has the limit of withQueryTimeout", async () => {
      const db = await openDatabase(serverUrl ?? "", { queryTimeoutMs: 300 });
      cleanups.push(() => db.destroy());

      const codes = await Promise.all([
        codeOf(withQueryTimeout(Number.POSITIVE_INFINITY, () => sleep(db, 0.8))),
        codeOf(sleep(db, 30)),
      ]);

      expect(codes).toEqual(["fine", "DB_QUERY_TIMEOUT"]);
    });
  });
}

describeOn("PostgreSQL", services.postgres, (seconds) => `pg_sleep(${seconds})`);
describeOn("MariaDB", services.mysql, (seconds) => `sleep(${seconds})`);

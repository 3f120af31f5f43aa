import Sqlite from "better-sqlite3";
import { Kysely, MysqlDialect, PostgresDialect, SqliteDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createId } from "../../base/index.ts";
import { openRedis } from "../../redis/index.ts";
import { services } from "../../test-support/services.ts";
import { type RateLimitStoreSubject, rateLimitStoreChecks } from "../conformance/rate-limit-store-conformance.ts";
import { createDatabaseRateLimits, type RateLimitTables } from "./database-rate-limits.ts";
import { createMemoryRateLimits } from "./memory-rate-limits.ts";
import type { RateLimitStore } from "./rate-limit-store.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { createRedisRateLimits } from "./redis-rate-limits.ts";

const clock = { time: 1_000_000_000_000, now: () => clock.time };
const advanceClock = (byMs: number) => {
  clock.time += byMs;
};
const minute = 60_000;
const fakeStore: RateLimitStore = {
  add: async () => ({ points: 1, remainingMs: minute }),
  set: async () => {},
  delete: async () => {},
  deleteExpired: async () => 0,
  close: async () => {},
};

async function onDatabase(
  db: Kysely<RateLimitTables>,
  dialect: "sqlite" | "postgres" | "mysql",
): Promise<RateLimitStoreSubject> {
  await db.schema.dropTable("rate_limits").ifExists().execute();
  await db.schema
    .createTable("rate_limits")
    .addColumn("key", "varchar(191)", (column) => column.primaryKey())
    .addColumn("points", "integer", (column) => column.notNull())
    .addColumn("expire", "bigint")
    .execute();
  const close = async () => {
    await db.schema.dropTable("rate_limits").ifExists().execute();
    await db.destroy();
  };
  return { store: createDatabaseRateLimits({ db, dialect, clock }), advanceClock, close };
}

async function onPostgres(): Promise<RateLimitStoreSubject> {
  const { default: pg } = await import("pg");
  const schema = `limits_${createId().replaceAll("-", "")}`;
  const pool = new pg.Pool({ connectionString: services.postgres ?? "", options: `-c search_path=${schema}` });
  await pool.query(`create schema ${schema}`);
  const subject = await onDatabase(new Kysely({ dialect: new PostgresDialect({ pool }) }), "postgres");
  return {
    ...subject,
    close: async () => {
      await pool.query(`drop schema ${schema} cascade`);
      await pool.end();
    },
  };
}

async function onMysql(): Promise<RateLimitStoreSubject> {
  const { createPool } = await import("mysql2");
  const name = `limits_${createId().replaceAll("-", "")}`;
  const admin = createPool({ uri: services.mysql ?? "" });
  await admin.promise().query(`create database ${name}`);
  const pool = createPool({ uri: services.mysql ?? "", database: name });
  const subject = await onDatabase(new Kysely({ dialect: new MysqlDialect({ pool }) }), "mysql");
  return {
    ...subject,
    close: async () => {
      await subject.close?.();
      await admin.promise().query(`drop database ${name}`);
      await admin.promise().end();
    },
  };
}

async function onRedis(): Promise<RateLimitStoreSubject> {
  const prefix = `test:${createId()}`;
  const client = await openRedis(services.redis ?? "");
  const advanceClock = async (byMs: number) => {
    for (const key of await client.keys(`${prefix}:*`)) await client.pexpire(key, (await client.pttl(key)) - byMs);
  };
  const close = async () => client.disconnect();
  return { store: await createRedisRateLimits(services.redis ?? "", prefix), advanceClock, close };
}

/** Opens the store once, for all checks. Skipped where `open` is null because the server isn't running. */
function onStore(name: string, open: (() => Promise<RateLimitStoreSubject>) | null): void {
  describe.skipIf(open === null)(`createRateLimiter on ${name}`, () => {
    let subject: RateLimitStoreSubject;
    beforeAll(async () => {
      if (open) subject = await open();
    });
    afterAll(async () => {
      await subject?.store.close();
      await subject?.close?.();
    });

    const checks = rateLimitStoreChecks(() => ({ store: subject.store, advanceClock: subject.advanceClock }));
    it.each(checks)("$name", ({ run }) => run());
  });
}

onStore("memory", async () => ({ store: createMemoryRateLimits({ clock }), advanceClock }));
onStore("SQLite", () =>
  onDatabase(new Kysely({ dialect: new SqliteDialect({ database: new Sqlite(":memory:") }) }), "sqlite"),
);
onStore("PostgreSQL", services.postgres === null ? null : onPostgres);
onStore("MySQL", services.mysql === null ? null : onMysql);
onStore("Redis", services.redis === null ? null : onRedis);

describe("createMemoryRateLimits", () => {
  it("drops the oldest counter when there are too many", async () => {
    const store = createMemoryRateLimits({ clock, maxKeys: 2 });
    const limiter = createRateLimiter({ store });
    const rule = { name: "bound", limit: 1, windowMs: minute };

    for (const key of ["a", "b", "c"]) await limiter.consume(rule, key);

    expect((await limiter.consume(rule, "c")).ok).toBe(false);
    expect((await limiter.consume(rule, "a")).ok).toBe(true);
    clock.time += minute;
    expect(await store.deleteExpired()).toBe(2);
  });
});

describe("a counter of createMemoryRateLimits", () => {
  it("is the oldest if nothing was counted for longer, and expired ones go first", async () => {
    const store = createMemoryRateLimits({ clock, maxKeys: 3 });
    const countOf = async (key: string) => (await store.add(key, 0, minute)).points;
    for (const key of ["a", "b"]) await store.add(key, 1, minute);
    await store.set("a", 5, minute);

    for (const key of ["c", "d"]) await store.add(key, 1, minute);
    const kept = [await countOf("c"), await countOf("a"), await countOf("d")];
    clock.time += minute - 1;
    await store.add("long", 1, 10 * minute);
    clock.time += 1;
    await store.add("e", 1, minute);

    expect(kept).toEqual([1, 5, 1]);
    expect([await countOf("long"), await countOf("e"), await store.deleteExpired()]).toEqual([1, 1, 0]);
  });

  it("lasts as long as it was started for, whatever is added later", async () => {
    const store = createMemoryRateLimits({ clock });
    await store.add("a", 2, minute);
    clock.time += 10_000;

    const later = await store.add("a", 3, 60 * minute);
    clock.time += 50_000;

    expect(later).toEqual({ points: 5, remainingMs: 50_000 });
    expect(await store.add("a", 1, 60 * minute)).toEqual({ points: 1, remainingMs: 60 * minute });
  });

  it("follows the time of the system by default", async () => {
    const store = createMemoryRateLimits();

    await store.add("past", 1, -1);

    expect([await store.add("past", 1, minute), await store.add("past", 1, minute)]).toEqual([
      { points: 1, remainingMs: minute },
      { points: 2, remainingMs: expect.any(Number) },
    ]);
  });
});

describe("createRateLimiter", () => {
  const rule = { name: "test", limit: 2, windowMs: minute };

  it("says how many attempts are left, and how long to wait, at least a millisecond", async () => {
    const store = createMemoryRateLimits({ clock });
    const limiter = createRateLimiter({ store });
    const ended = createRateLimiter({ store: { ...fakeStore, add: async () => ({ points: 3, remainingMs: 0 }) } });

    const verdicts = [1, 2, 3].map(() => limiter.consume(rule, "a"));

    expect(await Promise.all(verdicts)).toEqual([
      { ok: true, remaining: 1 },
      { ok: true, remaining: 0 },
      { ok: false, retryAfterMs: minute, isFirst: true },
    ]);
    expect(await ended.consume(rule, "a")).toEqual({ ok: false, retryAfterMs: 1, isFirst: true });
  });

  it("uses up exactly what is left", async () => {
    const limiter = createRateLimiter({ store: createMemoryRateLimits({ clock }) });

    await limiter.exhaust(rule, "a");
    await limiter.refund(rule, "a");

    expect([(await limiter.consume(rule, "a")).ok, (await limiter.consume(rule, "a")).ok]).toEqual([true, false]);
  });

  it("doubles a block for each one within a day, up to the bound, and starts over a day later", async () => {
    const limiter = createRateLimiter({ store: createMemoryRateLimits({ clock }) });
    const growing = { ...rule, limit: 1, growToMs: 5 * minute };
    const day = 24 * 60 * minute;
    const begun = clock.time;
    const block = async () => {
      await limiter.consume(growing, "a");
      const verdict = await limiter.consume(growing, "a");
      const waitMs = verdict.ok ? 0 : verdict.retryAfterMs;
      clock.time += waitMs;
      return waitMs / minute;
    };

    const first = [await block(), await block(), await block(), await block()];
    clock.time = begun + day - 1;
    const lastOfDay = await block();
    clock.time = begun + day + 10 * minute;

    expect([...first, lastOfDay, await block()]).toEqual([1, 2, 4, 5, 5, 1]);
  });

  it("counts no strike for a refusal within a block", async () => {
    const limiter = createRateLimiter({ store: createMemoryRateLimits({ clock }) });
    const growing = { ...rule, limit: 1, growToMs: 60 * minute };
    const waits: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const verdict = await limiter.consume(growing, "a");
      waits.push(verdict.ok ? 0 : verdict.retryAfterMs);
    }

    clock.time += minute;
    await limiter.consume(growing, "a");
    const second = await limiter.consume(growing, "a");

    expect(waits).toEqual([0, minute, minute, minute, minute]);
    expect(second).toEqual({ ok: false, retryAfterMs: 2 * minute, isFirst: true });
  });

  it("grows the blocks of each key and each rule by themselves", async () => {
    const limiter = createRateLimiter({ store: createMemoryRateLimits({ clock }) });
    const growing = { ...rule, limit: 0, growToMs: 60 * minute };
    const waitOf = async (name: string, key: string) => {
      const verdict = await limiter.consume({ ...growing, name }, key);
      return verdict.ok ? 0 : verdict.retryAfterMs / minute;
    };

    expect([await waitOf("one", "a"), await waitOf("one", "b"), await waitOf("two", "a")]).toEqual([1, 1, 1]);
    clock.time += minute;
    expect([await waitOf("one", "a"), await waitOf("one", "c")]).toEqual([2, 1]);
  });

  it("deletes expired counters, and closes its store", async () => {
    let isClosed = false;
    const close = async () => {
      isClosed = true;
    };
    const limiter = createRateLimiter({ store: { ...fakeStore, deleteExpired: async () => 7, close } });

    expect(await limiter.deleteExpired()).toBe(7);
    await limiter.close();
    expect(isClosed).toBe(true);
  });

  it.each(["refund", "exhaust", "forget"] as const)(
    "refuses to %s with 503 when its counters can't be reached",
    async (what) => {
      const fail = () => Promise.reject(new Error("away"));
      const limiter = createRateLimiter({ store: { ...fakeStore, add: fail, set: fail, delete: fail } });

      await expect(limiter[what](rule, "a")).rejects.toMatchObject({
        code: "SECURE_UNREACHABLE_COUNTERS",
        status: 503,
      });
    },
  );

  it("refuses with 503 when its counters can't be reached", async () => {
    const limiter = createRateLimiter({ store: await createRedisRateLimits("redis://127.0.0.1:1") });

    await expect(limiter.consume({ name: "login", limit: 1, windowMs: minute }, "a")).rejects.toMatchObject({
      code: "SECURE_UNREACHABLE_COUNTERS",
      status: 503,
    });
    await limiter.close();
  });
});

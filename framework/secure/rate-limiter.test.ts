import Sqlite from "better-sqlite3";
import { Kysely, MysqlDialect, PostgresDialect, SqliteDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createId } from "../base/index.ts";
import { services } from "../test-support/services.ts";
import { createDatabaseRateLimits, type RateLimitTables } from "./database-rate-limits.ts";
import { createMemoryRateLimits } from "./memory-rate-limits.ts";
import type { RateLimitStore } from "./rate-limit-store.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { createRedisRateLimits } from "./redis-rate-limits.ts";

const clock = { time: 1_000_000_000_000, now: () => clock.time };
const minute = 60_000;

interface Subject {
  readonly store: RateLimitStore;
  end(): Promise<void>;
}

async function onDatabase(db: Kysely<RateLimitTables>, dialect: "sqlite" | "postgres" | "mysql"): Promise<Subject> {
  await db.schema.dropTable("rate_limits").ifExists().execute();
  await db.schema
    .createTable("rate_limits")
    .addColumn("key", "varchar(191)", (column) => column.primaryKey())
    .addColumn("points", "integer", (column) => column.notNull())
    .addColumn("expire", "bigint")
    .execute();
  const end = async () => {
    await db.schema.dropTable("rate_limits").ifExists().execute();
    await db.destroy();
  };
  return { store: createDatabaseRateLimits({ db, dialect, clock }), end };
}

async function onPostgres(): Promise<Subject> {
  const { default: pg } = await import("pg");
  const schema = `limits_${createId().replaceAll("-", "")}`;
  const pool = new pg.Pool({ connectionString: services.postgres ?? "", options: `-c search_path=${schema}` });
  await pool.query(`create schema ${schema}`);
  const subject = await onDatabase(new Kysely({ dialect: new PostgresDialect({ pool }) }), "postgres");
  return {
    ...subject,
    end: async () => {
      await pool.query(`drop schema ${schema} cascade`);
      await pool.end();
    },
  };
}

async function onMysql(): Promise<Subject> {
  const { createPool } = await import("mysql2");
  const name = `limits_${createId().replaceAll("-", "")}`;
  const admin = createPool({ uri: services.mysql ?? "" });
  await admin.promise().query(`create database ${name}`);
  const pool = createPool({ uri: services.mysql ?? "", database: name });
  const subject = await onDatabase(new Kysely({ dialect: new MysqlDialect({ pool }) }), "mysql");
  return {
    ...subject,
    end: async () => {
      await subject.end();
      await admin.promise().query(`drop database ${name}`);
      await admin.promise().end();
    },
  };
}

function conforms(name: string, isPresent: boolean, open: () => Promise<Subject>): void {
  // Redis goes by a clock of its own, which no test can turn.
  const hasOurClock = name !== "Redis";
  describe.skipIf(!isPresent)(`createRateLimiter on ${name}`, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => {
      await subject?.store.close();
      await subject?.end();
    });

    it("counts every one of many at once", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `burst-${createId()}`, limit: 5, windowMs: minute };

      const verdicts = await Promise.all(Array.from({ length: 12 }, () => limiter.consume(rule, "a")));

      expect(verdicts.filter((verdict) => verdict.ok)).toHaveLength(5);
    });

    it("keeps keys and rules apart", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `apart-${createId()}`, limit: 1, windowMs: minute };

      await limiter.consume(rule, "a");

      expect((await limiter.consume(rule, "b")).ok).toBe(true);
      expect((await limiter.consume({ ...rule, name: `${rule.name}-other` }, "a")).ok).toBe(true);
      expect((await limiter.consume(rule, "a")).ok).toBe(false);
    });

    it("tells how long to wait", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `wait-${createId()}`, limit: 1, windowMs: minute };

      await limiter.consume(rule, "a");
      const verdict = await limiter.consume(rule, "a");

      expect(verdict).toMatchObject({ ok: false });
      expect(verdict.ok ? 0 : verdict.retryAfterMs).toBeGreaterThan(minute - 5000);
      expect(verdict.ok ? 0 : verdict.retryAfterMs).toBeLessThanOrEqual(minute);
    });

    it("takes back and forgets", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `back-${createId()}`, limit: 1, windowMs: minute };

      await limiter.consume(rule, "a");
      await limiter.refund(rule, "a");
      const refunded = await limiter.consume(rule, "a");
      await limiter.forget(rule, "a");
      const forgotten = await limiter.consume(rule, "a");

      expect([refunded.ok, forgotten.ok]).toEqual([true, true]);
    });

    if (!hasOurClock) return;

    it("lets pass again after the window, and blocks longer the second time", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `grow-${createId()}`, limit: 1, windowMs: minute, growToMs: 3 * minute };
      const fail = async () => {
        await limiter.consume(rule, "a");
        const verdict = await limiter.consume(rule, "a");
        return verdict.ok ? 0 : verdict.retryAfterMs;
      };

      const waits: number[] = [];
      for (let round = 0; round < 3; round++) {
        const wait = await fail();
        waits.push(wait);
        clock.time += wait;
      }

      expect(waits).toEqual([minute, 2 * minute, 3 * minute]);
      expect((await limiter.consume(rule, "a")).ok).toBe(true);
    });
  });
}

conforms("memory", true, async () => ({ store: createMemoryRateLimits({ clock }), end: async () => {} }));
conforms("SQLite", true, () =>
  onDatabase(new Kysely({ dialect: new SqliteDialect({ database: new Sqlite(":memory:") }) }), "sqlite"),
);
conforms("PostgreSQL", services.postgres !== null, onPostgres);
conforms("MySQL", services.mysql !== null, onMysql);
conforms("Redis", services.redis !== null, async () => ({
  store: await createRedisRateLimits(services.redis ?? "", `test:${createId()}`),
  end: async () => {},
}));

describe("createMemoryRateLimits", () => {
  it("keeps no more counters than it may", async () => {
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

describe("createRateLimiter", () => {
  it("refuses with 503 when its counters cannot be reached", async () => {
    const limiter = createRateLimiter({ store: await createRedisRateLimits("redis://127.0.0.1:1") });

    await expect(limiter.consume({ name: "login", limit: 1, windowMs: minute }, "a")).rejects.toMatchObject({
      code: "SECURE_UNREACHABLE_COUNTERS",
      status: 503,
    });
    await limiter.close();
  });
});

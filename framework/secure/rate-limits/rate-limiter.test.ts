import Sqlite from "better-sqlite3";
import { Kysely, MysqlDialect, PostgresDialect, SqliteDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createId } from "../../base/index.ts";
import { openRedis } from "../../redis/index.ts";
import { services } from "../../test-support/services.ts";
import { type RateLimitStoreSubject, rateLimitStoreChecks } from "../conformance/rate-limit-store-conformance.ts";
import { createDatabaseRateLimits, type RateLimitTables } from "./database-rate-limits.ts";
import { createMemoryRateLimits } from "./memory-rate-limits.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { createRedisRateLimits } from "./redis-rate-limits.ts";

const clock = { time: 1_000_000_000_000, now: () => clock.time };
const advanceClock = (byMs: number) => {
  clock.time += byMs;
};
const minute = 60_000;

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

describe("createRateLimiter", () => {
  it("refuses with 503 when its counters can't be reached", async () => {
    const limiter = createRateLimiter({ store: await createRedisRateLimits("redis://127.0.0.1:1") });

    await expect(limiter.consume({ name: "login", limit: 1, windowMs: minute }, "a")).rejects.toMatchObject({
      code: "SECURE_UNREACHABLE_COUNTERS",
      status: 503,
    });
    await limiter.close();
  });
});

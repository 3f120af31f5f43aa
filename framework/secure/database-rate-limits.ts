import { type ColumnType, type Kysely, sql } from "kysely";
import { type Clock, systemClock } from "../base/index.ts";
import { type Counter, CounterLimiter, type Counters } from "./counter-limiter.ts";
import type { RateLimitStore } from "./rate-limit-store.ts";

/** The table that counters live in. `expire` is in milliseconds since the epoch. */
export interface RateLimitTables {
  rate_limits: { readonly key: string; points: number; expire: ColumnType<number | null, number, number> };
}

export interface DatabaseRateLimitsOptions {
  readonly db: Kysely<RateLimitTables>;
  readonly dialect: "sqlite" | "postgres" | "mysql";
  readonly clock?: Clock;
}

/** Counters in the application's database: they hold over restarts and for all nodes. The database stays the caller's to close. */
export function createDatabaseRateLimits(options: DatabaseRateLimitsOptions): RateLimitStore {
  const counters = new DatabaseCounters(options);
  return {
    limiterFor: (rule) => new CounterLimiter(counters, rule),
    deleteExpired: () => counters.deleteExpired(),
    close: async () => {},
  };
}

interface CounterRow {
  readonly key: string;
  readonly points: number;
  readonly expire: number;
}

class DatabaseCounters implements Counters {
  readonly #db: Kysely<RateLimitTables>;
  readonly #dialect: DatabaseRateLimitsOptions["dialect"];
  readonly #clock: Clock;

  constructor(options: DatabaseRateLimitsOptions) {
    this.#db = options.db;
    this.#dialect = options.dialect;
    this.#clock = options.clock ?? systemClock;
  }

  now(): number {
    return this.#clock.now();
  }

  async add(key: string, points: number, durationMs: number, isReset: boolean): Promise<Counter> {
    const now = this.now();
    const row = { key, points, expire: now + durationMs };
    return this.#dialect === "mysql" ? this.#addOnMysql(row, isReset, now) : this.#addAndReturn(row, isReset, now);
  }

  async get(key: string): Promise<Counter | null> {
    const row = await readCounter(this.#db, key);
    return row && row.expiresAt > this.now() ? row : null;
  }

  async delete(key: string): Promise<boolean> {
    const result = await this.#db.deleteFrom("rate_limits").where("key", "=", key).executeTakeFirst();
    return result.numDeletedRows > 0n;
  }

  async deleteExpired(): Promise<number> {
    const result = await this.#db.deleteFrom("rate_limits").where("expire", "<=", this.now()).executeTakeFirst();
    return Number(result.numDeletedRows);
  }

  async #addAndReturn(row: CounterRow, isReset: boolean, now: number): Promise<Counter> {
    const begins = isReset ? sql<boolean>`1 = 1` : sql<boolean>`rate_limits.expire <= ${now}`;
    const stored = await this.#db
      .insertInto("rate_limits")
      .values(row)
      .onConflict((conflict) =>
        conflict.column("key").doUpdateSet({
          points: sql<number>`case when ${begins} then excluded.points else rate_limits.points + excluded.points end`,
          expire: sql<number>`case when ${begins} then excluded.expire else rate_limits.expire end`,
        }),
      )
      .returning(["points", "expire"])
      .executeTakeFirstOrThrow();
    return { points: Number(stored.points), expiresAt: Number(stored.expire) };
  }

  /**
   * MySQL returns nothing from an insert, so the row is read before its lock is let go of. It assigns from left to right and
   * sees what it has just assigned, so the points must come before the time.
   */
  async #addOnMysql(row: CounterRow, isReset: boolean, now: number): Promise<Counter> {
    const begins = isReset ? sql<boolean>`1 = 1` : sql<boolean>`expire <= ${now}`;
    return this.#db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto("rate_limits")
        .values(row)
        .onDuplicateKeyUpdate({
          points: sql<number>`if(${begins}, values(points), points + values(points))`,
          expire: sql<number>`if(${begins}, values(expire), expire)`,
        })
        .execute();
      return (await readCounter(transaction, row.key)) ?? { points: row.points, expiresAt: row.expire };
    });
  }
}

async function readCounter(db: Kysely<RateLimitTables>, key: string): Promise<Counter | null> {
  const row = await db.selectFrom("rate_limits").select(["points", "expire"]).where("key", "=", key).executeTakeFirst();
  return row ? { points: Number(row.points), expiresAt: Number(row.expire) } : null;
}

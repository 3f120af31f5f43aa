import { type ColumnType, type Kysely, type RawBuilder, sql } from "kysely";
import { type Clock, systemClock } from "../../base/index.ts";
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

/** Counters in the app's database: they survive restarts and are shared by all nodes. The caller closes the database. */
export function createDatabaseRateLimits(options: DatabaseRateLimitsOptions): RateLimitStore {
  const { db, dialect, clock = systemClock } = options;
  const upsert = dialect === "mysql" ? upsertOnMysql : upsertAndReturn;
  return {
    async add(key, points, durationMs) {
      const now = clock.now();
      const stored = await upsert(
        db,
        { key, points, expire: now + durationMs },
        sql<boolean>`rate_limits.expire <= ${now}`,
      );
      return { points: stored.points, remainingMs: stored.expire - now };
    },
    async set(key, points, durationMs) {
      await upsert(db, { key, points, expire: clock.now() + durationMs }, sql<boolean>`1 = 1`);
    },
    async delete(key) {
      await db.deleteFrom("rate_limits").where("key", "=", key).execute();
    },
    async deleteExpired() {
      const result = await db.deleteFrom("rate_limits").where("expire", "<=", clock.now()).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
    close: async () => {},
  };
}

interface Row {
  readonly points: number;
  readonly expire: number;
}

type NewRow = Row & { readonly key: string };

/** Inserts the row, replaces the stored one where `isReplaced` holds, and adds the points to it otherwise. */
async function upsertAndReturn(
  db: Kysely<RateLimitTables>,
  row: NewRow,
  isReplaced: RawBuilder<boolean>,
): Promise<Row> {
  const stored = await db
    .insertInto("rate_limits")
    .values(row)
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({
        points: sql<number>`case when ${isReplaced} then excluded.points else rate_limits.points + excluded.points end`,
        expire: sql<number>`case when ${isReplaced} then excluded.expire else rate_limits.expire end`,
      }),
    )
    .returning(["points", "expire"])
    .executeTakeFirstOrThrow();
  return toNumbers(stored);
}

/**
 * MySQL returns nothing from an insert, so the row is read before its lock is released. It assigns from left to right and sees what
 * it has just assigned, so the points must come before the time.
 */
async function upsertOnMysql(db: Kysely<RateLimitTables>, row: NewRow, isReplaced: RawBuilder<boolean>): Promise<Row> {
  return db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto("rate_limits")
      .values(row)
      .onDuplicateKeyUpdate({
        points: sql<number>`if(${isReplaced}, values(points), rate_limits.points + values(points))`,
        expire: sql<number>`if(${isReplaced}, values(expire), rate_limits.expire)`,
      })
      .execute();
    const stored = await transaction
      .selectFrom("rate_limits")
      .select(["points", "expire"])
      .where("key", "=", row.key)
      .executeTakeFirst();
    return stored ? toNumbers(stored) : row;
  });
}

/** PostgreSQL and MySQL return large integers as text. */
function toNumbers(stored: { readonly points: number; readonly expire: number | null }): Row {
  return { points: Number(stored.points), expire: Number(stored.expire) };
}

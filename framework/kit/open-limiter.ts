import type { Clock } from "../base/index.ts";
import type { Database, FrameworkTables } from "../db/index.ts";
import {
  createDatabaseRateLimits,
  createRateLimiter,
  createRedisRateLimits,
  type RateLimiter,
} from "../secure/index.ts";

/** Counters in Redis where there is one, else in the database: they hold over restarts and for all nodes. */
export async function openLimiter(options: {
  readonly db: Database<FrameworkTables>;
  readonly redisUrl: string | undefined;
  /** What the keys in Redis begin with. */
  readonly prefix: string;
  readonly clock: Clock;
}): Promise<RateLimiter> {
  const { db, redisUrl, prefix, clock } = options;
  const store = redisUrl
    ? await createRedisRateLimits(redisUrl, prefix)
    : createDatabaseRateLimits({ db, dialect: db.dialect, clock });
  return createRateLimiter({ store });
}

import { describe } from "vitest";
import { createId, silentLogger } from "../../base/index.ts";
import { type Database, openDatabase } from "../../db/index.ts";
import { services } from "../../test-support/services.ts";
import { clearRedis } from "../conformance/clear-redis.ts";
import { describeEngine } from "../conformance/engine-conformance.ts";

describe.skipIf(services.redis === null)(services.redis === null ? "no Redis server answers" : "Redis", () => {
  const redisUrl = services.redis ?? "";
  let db: Database;
  let prefix: string;
  describeEngine(
    "Redis",
    async () => {
      db = await openDatabase("sqlite::memory:", { log: silentLogger });
      prefix = `buffkit-test-${createId()}`;
      return { db, databaseUrl: "sqlite::memory:", redisUrl, prefix };
    },
    async () => {
      await db.destroy();
      await clearRedis(redisUrl, prefix);
    },
  );
});

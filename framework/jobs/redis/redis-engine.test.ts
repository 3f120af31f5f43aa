import { Redis } from "ioredis";
import { describe } from "vitest";
import { createId, silentLogger } from "../../base/index.ts";
import { type Database, openDatabase } from "../../db/index.ts";
import { services } from "../../testing/services.ts";
import { describeEngine } from "../conformance/describe-engine.ts";

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
      const redis = new Redis(redisUrl);
      const keys = await redis.keys(`${prefix}:*`);
      if (keys.length > 0) await redis.del(...keys);
      await redis.quit();
    },
  );
});

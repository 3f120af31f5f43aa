import { describe, it } from "vitest";
import { createId, silentLogger } from "../../base/index.ts";
import { openDatabase } from "../../db/index.ts";
import { services } from "../../test-support/services.ts";
import { clearRedis } from "../conformance/clear-redis.ts";
import { engineChecks } from "../conformance/engine-conformance.ts";
import type { JobStore } from "../conformance/engine-subject.ts";

describe.skipIf(services.redis === null)(services.redis === null ? "no Redis server answers" : "jobs in Redis", () => {
  const redisUrl = services.redis ?? "";
  const open = async (): Promise<JobStore> => {
    const db = await openDatabase("sqlite::memory:", { log: silentLogger });
    const prefix = `buffkit-test-${createId()}`;
    return {
      db,
      databaseUrl: "sqlite::memory:",
      redisUrl,
      prefix,
      async close() {
        await db.destroy();
        await clearRedis(redisUrl, prefix);
      },
    };
  };

  it.each(engineChecks(open))("$name", ({ run }) => run());
});

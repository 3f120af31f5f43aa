import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { createId, silentLogger } from "../../base/index.ts";
import { openDatabase } from "../../db/index.ts";
import { services } from "../../test-support/services.ts";
import { clearRedis } from "../conformance/clear-redis.ts";
import { anything, patience, spawnWorker } from "../conformance/engine-subject.ts";
import { createJobs } from "../create-jobs.ts";

describe.skipIf(services.redis === null)("a Redis job that kills its workers", () => {
  it("is dead after the third worker disappeared, and isn't run by the next", { timeout: 60_000 }, async () => {
    const db = await openDatabase("sqlite::memory:", { log: silentLogger });
    const store = { db, databaseUrl: "sqlite::memory:", redisUrl: services.redis ?? "", prefix: `test-${createId()}` };
    const jobs = await createJobs({ ...store, log: silentLogger, leaseMs: 500, maxLosses: 2 });
    let runs = 0;
    jobs.define("hang", { schema: anything, handler: () => void runs++ });
    const id = await jobs.enqueue("hang", { n: 1 });

    // Each round starts a process, which takes a second on an idle machine and ten on a busy one.
    for (let round = 0; round < 3; round++) {
      const worker = spawnWorker(store);
      await once(worker.stdout, "data");
      worker.kill("SIGKILL");
      await once(worker, "exit");
    }
    await jobs.start();

    await vi.waitFor(async () => expect((await jobs.find(id))?.state).toBe("dead"), patience);
    expect(runs).toBe(0);
    await jobs.close();
    await db.destroy();
    await clearRedis(store.redisUrl, store.prefix);
  });
});

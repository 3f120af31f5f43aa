import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createId, silentLogger } from "../../base/index.ts";
import { type Database, openDatabase } from "../../db/index.ts";
import { services } from "../../test-support/services.ts";
import { clearRedis } from "../conformance/clear-redis.ts";
import { anything, patience } from "../conformance/engine-subject.ts";
import { createJobs } from "../create-jobs.ts";
import type { Jobs } from "../jobs.ts";

const redisUrl = services.redis ?? "";

describe.skipIf(services.redis === null)("a schedule in Redis", () => {
  let db: Database;
  let prefix: string;
  let opened: Jobs[];

  const declare = async (): Promise<Jobs> => {
    const jobs = await createJobs({ db, redisUrl, prefix, log: silentLogger });
    opened.push(jobs);
    jobs.define("nightly", { schema: anything, handler: () => undefined });
    await jobs.schedule("nightly", "0 3 * * *", { n: 1 });
    return jobs;
  };

  beforeEach(async () => {
    db = await openDatabase("sqlite::memory:", { log: silentLogger });
    prefix = `buffkit-test-${createId()}`;
    opened = [];
  });

  afterEach(async () => {
    vi.useRealTimers();
    await Promise.all(opened.map((jobs) => jobs.close()));
    await db.destroy();
    await clearRedis(redisUrl, prefix);
  });

  // A replacement could be created just as another process starts the original, and then run twice.
  it("keeps the same job for a missed run if nothing about it changed", async () => {
    vi.setSystemTime(Date.UTC(2026, 5, 1, 12));
    const before = await declare();
    await before.start();
    await before.stop();
    const waiting = await before.list("delayed");
    vi.setSystemTime(Date.UTC(2026, 5, 6, 12));
    const after = await declare();

    await after.start();

    await vi.waitFor(async () => expect((await after.stats()).totals.done).toBe(1), patience);
    expect((await after.list("done")).map(({ id }) => id)).toEqual(waiting.map(({ id }) => id));
  });
});

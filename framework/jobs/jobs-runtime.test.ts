import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { silentLogger, systemClock } from "../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../db/index.ts";
import { createJobs } from "./create-jobs.ts";
import { createDatabaseEngine } from "./database/database-engine.ts";
import type { JobEngine } from "./engine.ts";
import type { JobType } from "./job-definition.ts";
import { createJobIds } from "./job-ids.ts";
import type { Jobs } from "./jobs.ts";
import { JobsRuntime } from "./jobs-runtime.ts";

describe("JobsRuntime", () => {
  const schema = z.object({ n: z.number() });
  let db: Database;
  let jobs: Jobs;

  beforeEach(async () => {
    db = await openDatabase("sqlite::memory:", { log: silentLogger });
    await createMigrator(db, { folders: [frameworkMigrations()] }).up();
    jobs = await createJobs({ db, log: silentLogger });
  });

  afterEach(async () => {
    await jobs.close();
    await db.destroy();
  });

  it("infers a job's payload type from its schema's input", () => {
    const job = jobs.define("at", {
      schema: z.object({ at: z.coerce.date<string>() }),
      handler: ({ at }) => at.getTime(),
    });

    expectTypeOf(job).toEqualTypeOf<JobType<{ at: string }>>();
  });

  it("rejects two jobs with the same name", () => {
    jobs.define("work", { schema, handler: () => undefined });

    expect(() => jobs.define("work", { schema, handler: () => undefined })).toThrow(
      expect.objectContaining({ code: "JOBS_DEFINED_TWICE" }),
    );
  });

  it("rejects settings that the engines don't support", async () => {
    const refused = expect.objectContaining({ code: "JOBS_SETTING_INVALID" });
    jobs.define("work", { schema, handler: () => undefined });

    expect(() => jobs.define("a", { schema, queue: "a:b", handler: () => undefined })).toThrow(refused);
    expect(() => jobs.define("b", { schema, attempts: 0, handler: () => undefined })).toThrow(refused);
    await expect(jobs.enqueue("work", { n: 1 }, { priority: 5000 })).rejects.toThrow(refused);
  });

  it("refuses to enqueue an undefined job", async () => {
    await expect(jobs.enqueue("nothing", {})).rejects.toThrow(expect.objectContaining({ code: "JOBS_UNKNOWN" }));
  });

  it("rejects a payload that is no longer valid after JSON serialization", async () => {
    jobs.define("at", { schema: z.object({ at: z.date() }), handler: () => undefined });

    await expect(jobs.enqueue("at", { at: new Date() })).rejects.toThrow(
      expect.objectContaining({ code: "JOBS_PAYLOAD_INVALID" }),
    );
  });

  it("adds up the counts of all queues", async () => {
    const mail = jobs.define("mail", { schema, queue: "mail", handler: () => undefined });
    const other = jobs.define("other", { schema, handler: () => undefined });
    await jobs.enqueue(mail, { n: 1 });
    await jobs.enqueue(mail, { n: 1 }, { delayMs: 60_000 });
    await jobs.enqueue(other, { n: 1 });

    expect(await jobs.stats()).toEqual({
      engine: "database",
      totals: { ready: 2, delayed: 1, running: 0, done: 0, dead: 0 },
      queues: [
        { queue: "default", ready: 1, delayed: 0, running: 0, done: 0, dead: 0 },
        { queue: "mail", ready: 1, delayed: 1, running: 0, done: 0, dead: 0 },
      ],
      schedules: [],
    });
  });

  it("starts only one worker, no matter how often it is called", async () => {
    const engine = createDatabaseEngine({
      db,
      clock: systemClock,
      log: silentLogger,
      pollMs: 1000,
      leaseMs: 30_000,
      maxLosses: 3,
      keepDoneMs: 1000,
      keepDeadMs: 1000,
    });
    let workers = 0;
    const countingEngine: JobEngine = {
      ...engine,
      work(options) {
        workers += 1;
        return engine.work(options);
      },
    };
    const runtime = new JobsRuntime({
      engine: countingEngine,
      log: silentLogger,
      random: Math.random,
      now: Date.now,
      createId: createJobIds(systemClock),
      concurrencyOf: () => 1,
      queueNames: new Set(["default"]),
    });

    await Promise.all([runtime.start(), runtime.start()]);
    await runtime.start();

    expect(workers).toBe(1);
    await runtime.close();
  });

  it("keeps working when a listener throws", async () => {
    jobs.define("work", { schema, handler: () => undefined });
    jobs.onChange(() => {
      throw new Error("listener");
    });

    await expect(jobs.enqueue("work", { n: 1 })).resolves.toHaveLength(36);
  });
});

import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { silentLogger } from "../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../db/index.ts";
import { createJobs } from "./create-jobs.ts";
import type { JobType } from "./job-definition.ts";
import type { Jobs } from "./jobs.ts";

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

  it("knows a job's payload by the input of its schema", () => {
    const job = jobs.define("at", {
      schema: z.object({ at: z.coerce.date<string>() }),
      handler: ({ at }) => at.getTime(),
    });

    expectTypeOf(job).toEqualTypeOf<JobType<{ at: string }>>();
  });

  it("refuses two jobs of one name", () => {
    jobs.define("work", { schema, handler: () => undefined });

    expect(() => jobs.define("work", { schema, handler: () => undefined })).toThrow(
      expect.objectContaining({ code: "JOBS_DEFINED_TWICE" }),
    );
  });

  it("refuses settings that no engine can hold", async () => {
    const refused = expect.objectContaining({ code: "JOBS_SETTING_INVALID" });
    jobs.define("work", { schema, handler: () => undefined });

    expect(() => jobs.define("a", { schema, queue: "a:b", handler: () => undefined })).toThrow(refused);
    expect(() => jobs.define("b", { schema, attempts: 0, handler: () => undefined })).toThrow(refused);
    await expect(jobs.enqueue("work", { n: 1 }, { priority: 5000 })).rejects.toThrow(refused);
  });

  it("refuses to enqueue what nobody defined", async () => {
    await expect(jobs.enqueue("nothing", {})).rejects.toThrow(expect.objectContaining({ code: "JOBS_UNKNOWN" }));
  });

  it("refuses a payload that JSON would change into one that does not fit", async () => {
    jobs.define("at", { schema: z.object({ at: z.date() }), handler: () => undefined });

    await expect(jobs.enqueue("at", { at: new Date() })).rejects.toThrow(
      expect.objectContaining({ code: "JOBS_PAYLOAD_INVALID" }),
    );
  });

  it("sums up the queues", async () => {
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

  it("starts once, however often it is asked", async () => {
    jobs.define("work", { schema, handler: () => undefined });

    await Promise.all([jobs.start(), jobs.start()]);

    await jobs.stop();
    await jobs.stop();
  });

  it("lives on when a listener fails", async () => {
    jobs.define("work", { schema, handler: () => undefined });
    jobs.onChange(() => {
      throw new Error("listener");
    });

    await expect(jobs.enqueue("work", { n: 1 })).resolves.toHaveLength(36);
  });
});

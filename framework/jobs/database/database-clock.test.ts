import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../../db/index.ts";
import { createJobIds } from "../job-ids.ts";
import { createJobClaims, type JobClaims } from "./job-claims.ts";
import { createJobStore, type JobStore } from "./job-store.ts";
import { createJobTime } from "./job-time.ts";
import { createJobViews, type JobViews } from "./job-views.ts";
import { createScheduleStore, type ScheduleStore } from "./schedule-store.ts";

const noon = Date.UTC(2026, 5, 1, 12);

describe("the job table with a manual clock", () => {
  let now: number;
  let db: Database;
  let claims: JobClaims;
  let store: JobStore;
  let views: JobViews;
  let schedules: ScheduleStore;

  beforeEach(async () => {
    now = noon;
    const clock = { now: () => now };
    db = await openDatabase("sqlite::memory:", { log: silentLogger });
    await createMigrator(db, { folders: [frameworkMigrations()] }).up();
    const time = createJobTime(db, clock);
    claims = createJobClaims({ db, time, leaseMs: 1000, maxLosses: 2 });
    store = createJobStore(db, time);
    views = createJobViews(db, time);
    schedules = createScheduleStore({ db, time, store, createId: createJobIds(clock) });
  });

  afterEach(() => db.destroy());

  const add = (id: string, at?: number) =>
    store.insert({ id, queue: "q", name: "n", payload: "{}", priority: 0, maxAttempts: 3, timeoutMs: 1000, at });

  const daily = {
    key: "daily",
    cron: "0 3 * * *",
    timeZone: "Europe/Berlin",
    job: { queue: "q", name: "n", payload: "{}", priority: 0, maxAttempts: 3, timeoutMs: 1000 },
  };

  it("leaves a job with its worker until the lease expires, then gives it to another as the same attempt", async () => {
    await add("a");
    const [first] = await claims.take("q", 1);
    now += 1000;
    await claims.rescue();
    expect(await claims.take("q", 1)).toEqual([]);

    now += 1;
    await claims.rescue();

    const [second] = await claims.take("q", 1);
    expect([first?.job.attempt, second?.job.attempt]).toEqual([1, 1]);
    expect(second?.token).not.toBe(first?.token);
  });

  it("doesn't let a worker with an expired lease overwrite its successor", async () => {
    await add("a");
    const [late] = await claims.take("q", 1);
    now += 1001;
    await claims.rescue();
    const [holder] = await claims.take("q", 1);
    if (!late || !holder) throw new RangeError("both must have taken the job");

    expect(await store.settle(late, { kind: "done" })).toBe(false);
    expect((await claims.extend([late])).size).toBe(0);

    expect((await views.find("a"))?.state).toBe("running");
    expect(await store.settle(holder, { kind: "done" })).toBe(true);
  });

  it("keeps a lease that is extended", async () => {
    await add("a");
    const [claim] = await claims.take("q", 1);
    if (!claim) throw new RangeError("the job must have been taken");
    now += 900;
    expect([...(await claims.extend([claim]))]).toEqual(["a"]);

    now += 900;
    await claims.rescue();

    expect((await views.find("a"))?.state).toBe("running");
  });

  it("marks a job as dead if its workers keep disappearing", async () => {
    await add("a");
    for (const _ of [1, 2, 3]) {
      await claims.take("q", 1);
      now += 1001;
      await claims.rescue();
    }

    expect(await views.find("a")).toMatchObject({
      state: "dead",
      lastError: expect.stringContaining("disappeared 3 times"),
    });
    expect(await views.retry("a")).toBe(true);
    expect((await claims.take("q", 1))[0]?.job.attempt).toBe(1);
  });

  it("makes a delayed job ready exactly when it is due", async () => {
    await add("a", noon + 5000);
    expect(await claims.nextDueMs()).toBe(5000);
    now += 4999;
    await claims.promote();
    expect(await claims.take("q", 1)).toEqual([]);

    now += 1;
    await claims.promote();

    expect(await claims.take("q", 1)).toHaveLength(1);
  });

  it("runs a schedule in its own time zone", async () => {
    await schedules.replace([daily]);

    expect(now + ((await schedules.nextDueMs()) ?? 0)).toBe(Date.UTC(2026, 5, 2, 1)); // 3 a.m. in Berlin, in summer
  });

  it("makes up for all missed runs with a single one", async () => {
    await schedules.replace([daily]);
    now += 5 * 86_400_000;

    await schedules.runDue();
    await schedules.runDue();

    expect(await views.list("ready", 10)).toHaveLength(1);
    expect(await schedules.list()).toMatchObject([{ lastRunAt: now, nextRunAt: Date.UTC(2026, 5, 7, 1) }]);
  });

  it("keeps the next run of a schedule that is declared again, and reschedules it when its rule changed", async () => {
    await schedules.replace([daily]);
    now += 2 * 86_400_000;

    await schedules.replace([daily]);
    expect(now + ((await schedules.nextDueMs()) ?? 0)).toBe(Date.UTC(2026, 5, 2, 1));

    await schedules.replace([{ ...daily, cron: "0 4 * * *" }]);
    expect(now + ((await schedules.nextDueMs()) ?? 0)).toBe(Date.UTC(2026, 5, 4, 2));
  });

  it("deletes jobs that finished before the given time", async () => {
    await add("a");
    const [claim] = await claims.take("q", 1);
    if (claim) await store.settle(claim, { kind: "done" });
    now += 10;
    await views.prune({ doneMs: 10, deadMs: 0 });
    expect(await views.find("a")).not.toBeNull();

    await views.prune({ doneMs: 9, deadMs: 0 });

    expect(await views.find("a")).toBeNull();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobDefinition } from "../job-definition.ts";
import type { Jobs } from "../jobs.ts";
import { anything, type EngineHarness, patience } from "./engine-harness.ts";

const noon = Date.UTC(2026, 5, 1, 12);
const fiveDaysLater = Date.UTC(2026, 5, 6, 12);
const nextMorning = Date.UTC(2026, 5, 7, 3);

type JobSettings = Pick<JobDefinition<{ n: number }, { n: number }>, "attempts" | "priority">;

/** When scheduled jobs run, and what happens to runs that were missed. */
export function describeSchedules(harness: EngineHarness): void {
  it("runs a cron schedule once per tick, no matter how many workers there are", async () => {
    const workers = await Promise.all([harness.make(), harness.make(), harness.make()]);
    const second = () => Math.floor(Date.now() / 1000);
    const begunIn = second();
    let runs = 0;
    for (const jobs of workers) {
      jobs.define("tick", {
        schema: anything,
        handler: () => {
          runs += 1;
        },
      });
      await jobs.schedule("tick", "* * * * * *", { n: 1 });
      await jobs.start();
    }

    await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(3), patience);

    const schedules = (await workers[0]?.stats())?.schedules;
    expect(schedules).toMatchObject([{ key: "tick", cron: "* * * * * *", lastRunAt: expect.any(Number) }]);
    // Late runs may share a second, but there can't be more runs than seconds that have started since.
    expect(runs).toBeLessThanOrEqual(second() - begunIn);
  });

  it("keeps a single schedule when many workers declare it at once", async () => {
    const workers = await Promise.all([harness.make(), harness.make(), harness.make(), harness.make()]);
    for (const jobs of workers) {
      jobs.define("tick", { schema: anything, handler: () => undefined });
      await jobs.schedule("tick", "0 3 * * *", { n: 1 });
    }

    await Promise.all(workers.map((jobs) => jobs.start()));

    expect((await workers[0]?.stats())?.schedules).toMatchObject([{ key: "tick", cron: "0 3 * * *" }]);
  });

  it("drops a schedule that is no longer declared", async () => {
    const before = await harness.make();
    before.define("tick", { schema: anything, handler: () => undefined });
    await before.schedule("tick", "0 3 * * *", { n: 1 });
    await before.start();
    await before.stop();
    const after = await harness.make();
    after.define("tick", { schema: anything, handler: () => undefined });

    await after.start();

    expect((await after.stats()).schedules).toEqual([]);
  });

  // The clock stands still in these tests, so nothing else becomes due.
  describe("when no worker has run for five days", () => {
    let runs: number[];

    const declare = async (n: number, cron = "0 3 * * *", settings: JobSettings = {}): Promise<Jobs> => {
      const jobs = await harness.make();
      jobs.define("nightly", { ...settings, schema: anything, handler: (payload) => void runs.push(payload.n) });
      await jobs.schedule("nightly", cron, { n });
      return jobs;
    };

    beforeEach(async () => {
      runs = [];
      vi.setSystemTime(noon);
      const before = await declare(1);
      await before.start();
      await before.stop();
      vi.setSystemTime(fiveDaysLater);
    });

    afterEach(() => {
      vi.useRealTimers();
    });

    it("makes up for all missed runs with a single one, no matter how many workers start", async () => {
      const workers = await Promise.all([declare(1), declare(1), declare(1)]);

      await Promise.all(workers.map((jobs) => jobs.start()));

      await vi.waitFor(() => expectOneRun(workers[0]), patience);
      expect(runs).toEqual([1]);
    });

    it("makes up for them with the current payload if the cron rule is unchanged", async () => {
      const workers = await Promise.all([declare(2), declare(2), declare(2)]);

      await Promise.all(workers.map((jobs) => jobs.start()));

      await vi.waitFor(() => expectOneRun(workers[0]), patience);
      expect(runs).toEqual([2]);
    });

    it("makes up for them with the current priority and attempts", async () => {
      const jobs = await declare(1, "0 3 * * *", { priority: 7, attempts: 2 });

      await jobs.start();

      await vi.waitFor(() => expectOneRun(jobs), patience);
      expect(await jobs.list("done")).toMatchObject([{ priority: 7, maxAttempts: 2 }]);
    });

    it("reschedules when the cron rule changed, and doesn't make up for runs of the old one", async () => {
      const jobs = await declare(1, "0 4 * * *");
      jobs.define("marker", { schema: anything, handler: () => undefined });

      await jobs.start();

      // This job has the lowest priority: once it is done, a run of the old rule would be done too.
      const marker = await jobs.enqueue("marker", { n: 0 }, { priority: -1000 });
      await vi.waitFor(async () => expect((await jobs.find(marker))?.state).toBe("done"), patience);
      const { totals, schedules } = await jobs.stats();
      expect(schedules).toMatchObject([{ key: "nightly", nextRunAt: Date.UTC(2026, 5, 7, 4) }]);
      expect([totals.ready, totals.running, totals.done, runs]).toEqual([0, 0, 1, []]);
    });
  });
}

/** Expects one finished job, none waiting, and a next run in the future. */
async function expectOneRun(jobs: Jobs | undefined): Promise<void> {
  const stats = await jobs?.stats();
  expect(stats?.totals).toMatchObject({ ready: 0, running: 0, done: 1 });
  expect(stats?.schedules).toMatchObject([{ key: "nightly", nextRunAt: nextMorning }]);
}

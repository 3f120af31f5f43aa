import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobDefinition } from "../job-definition.ts";
import type { Jobs } from "../jobs.ts";
import { anything, type EngineBench, patience } from "./engine-bench.ts";

const noon = Date.UTC(2026, 5, 1, 12);
const fiveDaysLater = Date.UTC(2026, 5, 6, 12);
const nextMorning = Date.UTC(2026, 5, 7, 3);

type JobSettings = Pick<JobDefinition<{ n: number }, { n: number }>, "attempts" | "priority">;

/** What becomes of the runs of a schedule that were due while nobody worked. The clock stands still, so nothing becomes due meanwhile. */
export function describeMissedRuns(bench: EngineBench): void {
  describe("when nobody has worked for five days", () => {
    let runs: number[];

    const declare = async (n: number, cron = "0 3 * * *", settings: JobSettings = {}): Promise<Jobs> => {
      const jobs = await bench.make();
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

    it("makes one run at once of all that were missed, however many workers begin", async () => {
      const workers = await Promise.all([declare(1), declare(1), declare(1)]);

      await Promise.all(workers.map((jobs) => jobs.start()));

      await vi.waitFor(() => expectOneRun(workers[0]), patience);
      expect(runs).toEqual([1]);
    });

    it("makes that run with the payload of today, where the rule is the same", async () => {
      const workers = await Promise.all([declare(2), declare(2), declare(2)]);

      await Promise.all(workers.map((jobs) => jobs.start()));

      await vi.waitFor(() => expectOneRun(workers[0]), patience);
      expect(runs).toEqual([2]);
    });

    it("makes that run with the priority and the attempts of today", async () => {
      const jobs = await declare(1, "0 3 * * *", { priority: 7, attempts: 2 });

      await jobs.start();

      await vi.waitFor(() => expectOneRun(jobs), patience);
      expect(await jobs.list("done")).toMatchObject([{ priority: 7, maxAttempts: 2 }]);
    });

    it("plans a schedule anew whose rule has changed, and makes up for none of the old one", async () => {
      const jobs = await declare(1, "0 4 * * *");
      jobs.define("marker", { schema: anything, handler: () => undefined });

      await jobs.start();

      // Once a job that all others overtake is done, a run of the old rule would be done too.
      const marker = await jobs.enqueue("marker", { n: 0 }, { priority: -1000 });
      await vi.waitFor(async () => expect((await jobs.find(marker))?.state).toBe("done"), patience);
      const { totals, schedules } = await jobs.stats();
      expect(schedules).toMatchObject([{ key: "nightly", nextRunAt: Date.UTC(2026, 5, 7, 4) }]);
      expect([totals.ready, totals.running, totals.done, runs]).toEqual([0, 0, 1, []]);
    });
  });
}

/** One is done, nothing more waits, and the schedule looks ahead. */
async function expectOneRun(jobs: Jobs | undefined): Promise<void> {
  const stats = await jobs?.stats();
  expect(stats?.totals).toMatchObject({ ready: 0, running: 0, done: 1 });
  expect(stats?.schedules).toMatchObject([{ key: "nightly", nextRunAt: nextMorning }]);
}

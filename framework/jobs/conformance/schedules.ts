import { expect, vi } from "vitest";
import type { ConformanceRule } from "../../base/index.ts";
import type { JobDefinition } from "../job-definition.ts";
import type { Jobs } from "../jobs.ts";
import { anything, type EngineSubject, patience } from "./engine-subject.ts";

const noon = Date.UTC(2026, 5, 1, 12);
const fiveDaysLater = Date.UTC(2026, 5, 6, 12);
const nextMorning = Date.UTC(2026, 5, 7, 3);

type JobSettings = Pick<JobDefinition<{ n: number }, { n: number }>, "attempts" | "priority">;

/** When scheduled jobs run, and what happens to runs that were missed. */
export const scheduleRules: readonly ConformanceRule<EngineSubject>[] = [
  {
    name: "runs a cron schedule once per tick, no matter how many workers there are",
    async test({ make }) {
      const workers = await Promise.all([make(), make(), make()]);
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
    },
  },
  {
    name: "keeps a single schedule when many workers declare it at once",
    async test({ make }) {
      const workers = await Promise.all([make(), make(), make(), make()]);
      for (const jobs of workers) {
        jobs.define("tick", { schema: anything, handler: () => undefined });
        await jobs.schedule("tick", "0 3 * * *", { n: 1 });
      }

      await Promise.all(workers.map((jobs) => jobs.start()));

      expect((await workers[0]?.stats())?.schedules).toMatchObject([{ key: "tick", cron: "0 3 * * *" }]);
    },
  },
  {
    name: "drops a schedule that is no longer declared",
    async test({ make }) {
      const before = await make();
      before.define("tick", { schema: anything, handler: () => undefined });
      await before.schedule("tick", "0 3 * * *", { n: 1 });
      await before.start();
      await before.stop();
      const after = await make();
      after.define("tick", { schema: anything, handler: () => undefined });

      await after.start();

      expect((await after.stats()).schedules).toEqual([]);
    },
  },
  ...rulesAfterFiveDays().map(({ name, test }) => ({
    name: `${name}, when no worker has run for five days`,
    test: (subject: EngineSubject) => afterFiveDays(subject, test),
  })),
];

/** Jobs whose schedule hasn't run for five days. The clock stands still, so nothing else becomes due. */
interface MissedRuns {
  /** The payloads of all runs so far. */
  readonly runs: number[];
  declare(n: number, cron?: string, settings?: JobSettings): Promise<Jobs>;
}

async function afterFiveDays({ make }: EngineSubject, test: (missed: MissedRuns) => Promise<void>): Promise<void> {
  const runs: number[] = [];
  const declare: MissedRuns["declare"] = async (n, cron = "0 3 * * *", settings = {}) => {
    // The time of a database can't be turned.
    const jobs = await make({ clock: { now: () => Date.now() } });
    jobs.define("nightly", { ...settings, schema: anything, handler: (payload) => void runs.push(payload.n) });
    await jobs.schedule("nightly", cron, { n });
    return jobs;
  };
  vi.setSystemTime(noon);
  try {
    const before = await declare(1);
    await before.start();
    await before.stop();
    vi.setSystemTime(fiveDaysLater);
    await test({ runs, declare });
  } finally {
    vi.useRealTimers();
  }
}

function rulesAfterFiveDays(): readonly ConformanceRule<MissedRuns>[] {
  return [
    {
      name: "makes up for all missed runs with a single one, no matter how many workers start",
      async test({ declare, runs }) {
        const workers = await Promise.all([declare(1), declare(1), declare(1)]);

        await Promise.all(workers.map((jobs) => jobs.start()));

        await vi.waitFor(() => expectOneRun(workers[0]), patience);
        expect(runs).toEqual([1]);
      },
    },
    {
      name: "makes up for them with the current payload if the cron rule is unchanged",
      async test({ declare, runs }) {
        const workers = await Promise.all([declare(2), declare(2), declare(2)]);

        await Promise.all(workers.map((jobs) => jobs.start()));

        await vi.waitFor(() => expectOneRun(workers[0]), patience);
        expect(runs).toEqual([2]);
      },
    },
    {
      name: "makes up for them with the current priority and attempts",
      async test({ declare }) {
        const jobs = await declare(1, "0 3 * * *", { priority: 7, attempts: 2 });

        await jobs.start();

        await vi.waitFor(() => expectOneRun(jobs), patience);
        expect(await jobs.list("done")).toMatchObject([{ priority: 7, maxAttempts: 2 }]);
      },
    },
    {
      name: "reschedules when the cron rule changed, and doesn't make up for runs of the old one",
      async test({ declare, runs }) {
        const jobs = await declare(1, "0 4 * * *");
        jobs.define("marker", { schema: anything, handler: () => undefined });

        await jobs.start();

        // This job has the lowest priority: once it is done, a run of the old rule would be done too.
        const marker = await jobs.enqueue("marker", { n: 0 }, { priority: -1000 });
        await vi.waitFor(async () => expect((await jobs.find(marker))?.state).toBe("done"), patience);
        const { totals, schedules } = await jobs.stats();
        expect(schedules).toMatchObject([{ key: "nightly", nextRunAt: Date.UTC(2026, 5, 7, 4) }]);
        expect([totals.ready, totals.running, totals.done, runs]).toEqual([0, 0, 1, []]);
      },
    },
  ];
}

/** Expects one finished job, none waiting, and a next run in the future. */
async function expectOneRun(jobs: Jobs | undefined): Promise<void> {
  const stats = await jobs?.stats();
  expect(stats?.totals).toMatchObject({ ready: 0, running: 0, done: 1 });
  expect(stats?.schedules).toMatchObject([{ key: "nightly", nextRunAt: nextMorning }]);
}

import { afterEach, beforeEach, describe } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createJobs } from "../create-jobs.ts";
import type { Jobs } from "../jobs.ts";
import type { EngineHarness, TestStore } from "./engine-harness.ts";
import { describeJobDispatch } from "./job-dispatch.ts";
import { describeJobLifecycle } from "./job-lifecycle.ts";
import { describeSchedules } from "./schedules.ts";
import { describeWorkers } from "./workers.ts";

/** What every job engine must do. `open` creates an empty store, `close` removes it. */
export function describeEngine(name: string, open: () => Promise<TestStore>, close: () => Promise<void>): void {
  describe(`jobs on ${name}`, () => {
    let store: TestStore;
    let opened: Jobs[];

    const harness: EngineHarness = {
      store: () => store,
      async make(options = {}) {
        const { db, redisUrl, prefix } = store;
        const place = { db, ...(redisUrl ? { redisUrl } : {}), ...(prefix ? { prefix } : {}) };
        const jobs = await createJobs({ ...place, log: silentLogger, pollMs: 50, random: () => 0, ...options });
        opened.push(jobs);
        return jobs;
      },
    };

    beforeEach(async () => {
      opened = [];
      store = await open();
    });

    afterEach(async () => {
      await Promise.all(opened.map((jobs) => jobs.stop({ graceMs: 0 }).then(() => jobs.close())));
      await close();
    });

    describeJobLifecycle(harness);
    describeJobDispatch(harness);
    describeSchedules(harness);
    describeWorkers(harness);
  });
}

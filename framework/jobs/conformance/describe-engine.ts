import { afterEach, beforeEach, describe } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createJobs } from "../create-jobs.ts";
import type { Jobs } from "../jobs.ts";
import type { EngineBench, Ground } from "./engine-bench.ts";
import { describeMissedRuns } from "./missed-runs.ts";
import { describeOrder } from "./order.ts";
import { describeRunning } from "./running.ts";
import { describeWorkers } from "./workers.ts";

/** What every engine must hold. `open` gives an empty ground, `close` takes it away. */
export function describeEngine(name: string, open: () => Promise<Ground>, close: () => Promise<void>): void {
  describe(`jobs on ${name}`, () => {
    let ground: Ground;
    let opened: Jobs[];

    const bench: EngineBench = {
      ground: () => ground,
      async make(options = {}) {
        const { db, redisUrl, prefix } = ground;
        const place = { db, ...(redisUrl ? { redisUrl } : {}), ...(prefix ? { prefix } : {}) };
        const jobs = await createJobs({ ...place, log: silentLogger, pollMs: 50, random: () => 0, ...options });
        opened.push(jobs);
        return jobs;
      },
    };

    beforeEach(async () => {
      opened = [];
      ground = await open();
    });

    afterEach(async () => {
      await Promise.all(opened.map((jobs) => jobs.stop({ graceMs: 0 }).then(() => jobs.close())));
      await close();
    });

    describeRunning(bench);
    describeOrder(bench);
    describeMissedRuns(bench);
    describeWorkers(bench);
  });
}

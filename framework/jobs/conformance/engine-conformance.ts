import { type ConformanceCheck, createChecks, type OpenSubject, silentLogger } from "../../base/index.ts";
import { createJobs } from "../create-jobs.ts";
import type { Jobs } from "../jobs.ts";
import type { EngineSubject, JobStore } from "./engine-subject.ts";
import { dispatchRules } from "./job-dispatch.ts";
import { lifecycleRules } from "./job-lifecycle.ts";
import { scheduleRules } from "./schedules.ts";
import { workerRules } from "./workers.ts";

/** What every job engine must do, as checks of the one that works on the store which `open` returns. */
export function engineChecks(open: OpenSubject<JobStore>): readonly ConformanceCheck[] {
  return createChecks(
    async () => openSubject(await open()),
    [...lifecycleRules, ...dispatchRules, ...scheduleRules, ...workerRules],
  );
}

function openSubject(store: JobStore): EngineSubject {
  const { db, redisUrl, prefix } = store;
  const place = { db, ...(redisUrl ? { redisUrl } : {}), ...(prefix ? { prefix } : {}) };
  const opened: Jobs[] = [];
  return {
    store,
    async make(options = {}) {
      const jobs = await createJobs({ ...place, log: silentLogger, pollMs: 50, random: () => 0, ...options });
      opened.push(jobs);
      return jobs;
    },
    async close() {
      await Promise.all(opened.map((jobs) => jobs.stop({ graceMs: 0 }).then(() => jobs.close())));
      await store.close?.();
    },
  };
}

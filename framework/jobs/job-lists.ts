import type { JobRecord } from "./engine.ts";
import type { JobStats, Jobs } from "./jobs.ts";

/** A snapshot of the jobs for a page: counts, and the first jobs in each state. */
export interface JobLists {
  readonly stats: JobStats;
  readonly running: readonly JobRecord[];
  readonly dead: readonly JobRecord[];
  readonly waiting: readonly JobRecord[];
}

const shown = 50;

/** Reads what `JobsView` shows: at most 50 jobs in each state. */
export async function readJobLists(jobs: Pick<Jobs, "stats" | "list" | "dead">): Promise<JobLists> {
  const limit = { limit: shown };
  const [stats, running, dead, ready, delayed] = await Promise.all([
    jobs.stats(),
    jobs.list("running", limit),
    jobs.dead(limit),
    jobs.list("ready", limit),
    jobs.list("delayed", limit),
  ]);
  return { stats, running, dead, waiting: [...ready, ...delayed] };
}

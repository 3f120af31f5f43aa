import { isDeepStrictEqual } from "node:util";
import type { JobSchedulerJson, JobsOptions } from "bullmq";
import { previousRun } from "../cron.ts";
import type { Schedule, ScheduleRecord } from "../engine.ts";
import { type StoredJob, type StoredQueue, storedOf } from "./redis-records.ts";

/** Replaces all schedules of the queues. A schedule whose rule didn't change keeps its next run, even a missed one. */
export async function replaceSchedules(
  queues: readonly StoredQueue[],
  schedules: readonly Schedule[],
  optionsOf: (job: Schedule["job"]) => JobsOptions,
): Promise<void> {
  for (const queue of queues) {
    const wanted = schedules.filter(({ job }) => job.queue === queue.name);
    const known = await queue.getJobSchedulers();
    for (const { key } of known) {
      if (!wanted.some((schedule) => schedule.key === key)) await queue.removeJobScheduler(key);
    }
    for (const schedule of wanted) {
      const { key, cron, timeZone, job } = schedule;
      const template = { name: job.name, data: storedOf(job), opts: optionsOf(job) };
      const before = known.find((scheduler) => scheduler.key === key);
      const isSameRule = before?.pattern === cron && before.tz === timeZone;
      if (isSameRule && isSameTemplate(before, template)) continue;
      if (isSameRule) await keepMissedRun(queue, before, template);
      await queue.upsertJobScheduler(key, { pattern: cron, tz: timeZone }, template);
    }
  }
}

interface Template {
  readonly name: string;
  readonly data: StoredJob;
  readonly opts: JobsOptions;
}

/** Ignores options that BullMQ adds on its own. */
function isSameTemplate({ name, template }: JobSchedulerJson<StoredJob>, { data, opts, ...wanted }: Template): boolean {
  const isSameJob = name === wanted.name && isDeepStrictEqual(template?.data, data);
  return isSameJob && isDeepStrictEqual({ ...template?.opts, ...opts }, template?.opts);
}

/**
 * BullMQ keeps the next run as a waiting job, even once it is overdue, and drops it when the template changes. So a missed run is stored
 * as a separate job. Its id is the same in all processes that start at the same time.
 */
async function keepMissedRun(
  queue: StoredQueue,
  { key, next }: JobSchedulerJson<StoredJob>,
  { name, data, opts }: Template,
): Promise<void> {
  // BullMQ uses the system clock, not the app's.
  if (next === undefined || next > Date.now()) return;
  const pending = await queue.getJob(`repeat:${key}:${next}`);
  const state = await pending?.getState();
  // Otherwise a worker has it, or another process has already stored it.
  if (state !== "delayed" && state !== "prioritized") return;
  await queue.add(name, data, { ...opts, jobId: `missed-${encodeURIComponent(key)}-${next}` });
}

export async function listSchedules(queues: readonly StoredQueue[]): Promise<ScheduleRecord[]> {
  const found = await Promise.all(
    queues.map(async (queue) =>
      (await queue.getJobSchedulers()).map(({ key, name, pattern = "", tz = "UTC", next, iterationCount = 0 }) => ({
        key,
        name,
        queue: queue.name,
        cron: pattern,
        timeZone: tz,
        nextRunAt: next ?? null,
        // The scheduler also counts the next run.
        lastRunAt: next && iterationCount > 1 ? previousRun({ cron: pattern, timeZone: tz }, next) : null,
      })),
    ),
  );
  return found.flat();
}

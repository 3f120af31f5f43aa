import { isDeepStrictEqual } from "node:util";
import type { JobSchedulerJson, JobsOptions } from "bullmq";
import { previousRun } from "../cron.ts";
import type { Schedule, ScheduleRecord } from "../engine.ts";
import { type StoredJob, type StoredQueue, storedOf } from "./redis-records.ts";

/** Makes these the schedules of the queues. One whose rule did not change keeps its next run, even if that was missed. */
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

/** Options that BullMQ adds by itself make no difference. */
function isSameTemplate({ name, template }: JobSchedulerJson<StoredJob>, { data, opts, ...wanted }: Template): boolean {
  const isSameJob = name === wanted.name && isDeepStrictEqual(template?.data, data);
  return isSameJob && isDeepStrictEqual({ ...template?.opts, ...opts }, template?.opts);
}

/**
 * BullMQ keeps the next run as a job that waits, also when its time has passed, and throws it away when the template changes. So the run
 * is kept as a job of its own. Its id is the same in all processes that start at the same moment.
 */
async function keepMissedRun(
  queue: StoredQueue,
  { key, next }: JobSchedulerJson<StoredJob>,
  { name, data, opts }: Template,
): Promise<void> {
  // BullMQ counts by the machine's clock, whatever the app's says.
  if (next === undefined || next > Date.now()) return;
  const pending = await queue.getJob(`repeat:${key}:${next}`);
  const state = await pending?.getState();
  // Otherwise a worker has it, or another process has kept it already.
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
        // The scheduler counts the run that is still ahead.
        lastRunAt: next && iterationCount > 1 ? previousRun({ cron: pattern, timeZone: tz }, next) : null,
      })),
    ),
  );
  return found.flat();
}

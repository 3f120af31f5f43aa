import type { JobsOptions } from "bullmq";
import { previousRun } from "../cron.ts";
import type { Schedule, ScheduleRecord } from "../engine.ts";
import { type StoredQueue, storedOf } from "./redis-records.ts";

/** Makes these the schedules of the queues; one that did not change keeps its next run. */
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
      const before = known.find((scheduler) => scheduler.key === key);
      const isSame =
        before?.pattern === cron && before.tz === timeZone && before.template?.data?.payload === job.payload;
      if (isSame) continue;
      const template = { name: job.name, data: storedOf(job), opts: optionsOf(job) };
      await queue.upsertJobScheduler(key, { pattern: cron, tz: timeZone }, template);
    }
  }
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

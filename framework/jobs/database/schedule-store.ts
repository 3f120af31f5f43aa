import type { Clock } from "../../base/index.ts";
import type { Database } from "../../db/index.ts";
import { nextRun } from "../cron.ts";
import type { Schedule, ScheduleRecord } from "../engine.ts";
import type { JobStore } from "./job-store.ts";

/** The clockwork of the embedded engine: which jobs are made when. */
export interface ScheduleStore {
  /** Makes these the schedules that exist. One whose rule did not change keeps its next run. */
  replace(schedules: readonly Schedule[]): Promise<void>;
  /** Enqueues what is due, each run once however many processes ask; runs missed while nobody worked become one. */
  runDue(): Promise<void>;
  nextDue(): Promise<number | null>;
  list(): Promise<readonly ScheduleRecord[]>;
}

export interface ScheduleStoreOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly store: JobStore;
  createId(): string;
}

export function createScheduleStore(options: ScheduleStoreOptions): ScheduleStore {
  const { db } = options;
  return {
    replace: (schedules) => replace(options, schedules),
    runDue: () => runDue(options),
    async nextDue() {
      const first = db.selectFrom("job_schedules").select("next_run_at").orderBy("next_run_at").limit(1);
      return (await first.executeTakeFirst())?.next_run_at ?? null;
    },
    async list() {
      const rows = await db.selectFrom("job_schedules").selectAll().orderBy("id").execute();
      return rows.map((row) => ({
        key: row.id,
        name: row.name,
        queue: row.queue,
        cron: row.cron,
        timeZone: row.time_zone,
        nextRunAt: row.next_run_at,
        lastRunAt: row.last_run_at,
      }));
    },
  };
}

async function replace({ db, clock }: ScheduleStoreOptions, schedules: readonly Schedule[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const known = new Map(
      (await trx.selectFrom("job_schedules").selectAll().execute()).map((row) => [row.id, row] as const),
    );
    for (const schedule of schedules) {
      const values = rowOf(schedule);
      const before = known.get(schedule.key);
      known.delete(schedule.key);
      const isSameRule = before?.cron === values.cron && before.time_zone === values.time_zone;
      const next = isSameRule ? before.next_run_at : nextRun(schedule, clock.now());
      const row = { ...values, next_run_at: next };
      if (before) await trx.updateTable("job_schedules").set(row).where("id", "=", schedule.key).execute();
      else
        await trx
          .insertInto("job_schedules")
          .values({ id: schedule.key, ...row })
          .execute();
    }
    const gone = [...known.keys()];
    if (gone.length > 0) await trx.deleteFrom("job_schedules").where("id", "in", gone).execute();
  });
}

function rowOf({ cron, timeZone, job }: Schedule) {
  const { name, queue, payload, priority, maxAttempts, timeoutMs } = job;
  const options = JSON.stringify({ priority, maxAttempts, timeoutMs });
  return { name, queue, cron, time_zone: timeZone, payload, options };
}

async function runDue({ db, clock, store, createId }: ScheduleStoreOptions): Promise<void> {
  const now = clock.now();
  const due = await db.selectFrom("job_schedules").selectAll().where("next_run_at", "<=", now).execute();
  for (const row of due) {
    const next = nextRun({ cron: row.cron, timeZone: row.time_zone }, now);
    await db.transaction().execute(async (trx) => {
      // Whoever moves the hand makes the job; all others find it moved.
      const moved = await trx
        .updateTable("job_schedules")
        .set({ next_run_at: next, last_run_at: now })
        .where("id", "=", row.id)
        .where("next_run_at", "=", row.next_run_at)
        .executeTakeFirst();
      if (moved.numUpdatedRows === 0n) return;
      const { name, queue, payload } = row;
      await store.insert({ id: createId(), name, queue, payload, ...readOptions(row.options) }, row.id);
    });
  }
}

/** Written by `rowOf` above and by nobody else. */
function readOptions(json: string): { priority: number; maxAttempts: number; timeoutMs: number } {
  return JSON.parse(json);
}

import type { Insertable } from "kysely";
import type { Clock } from "../../base/index.ts";
import { type Database, isUniqueViolation, type Tables } from "../../db/index.ts";
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

// Other processes may do the same at the same moment, and others may work already: each statement holds by itself.
async function replace({ db, clock }: ScheduleStoreOptions, schedules: readonly Schedule[]): Promise<void> {
  const rows = await db.selectFrom("job_schedules").selectAll().execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const schedule of schedules) {
    const { key } = schedule;
    const values = rowOf(schedule);
    const before = known.get(key);
    known.delete(key);
    if (!before) {
      await insertUnlessThere(db, { id: key, ...values, next_run_at: nextRun(schedule, clock.now()) });
      continue;
    }
    const isSameRule = before.cron === values.cron && before.time_zone === values.time_zone;
    // Writing back the next run that was read would repeat a run that somebody has made since.
    const planned = isSameRule ? {} : { next_run_at: nextRun(schedule, clock.now()) };
    await db
      .updateTable("job_schedules")
      .set({ ...values, ...planned })
      .where("id", "=", key)
      .execute();
  }
  const gone = [...known.keys()];
  if (gone.length > 0) await db.deleteFrom("job_schedules").where("id", "in", gone).execute();
}

async function insertUnlessThere(db: Database, row: Insertable<Tables["job_schedules"]>): Promise<void> {
  const insert = db.insertInto("job_schedules").values(row);
  // PostgreSQL ends a transaction in which a statement failed, so there it must not fail.
  if (db.dialect !== "mysql") {
    await insert.onConflict((conflict) => conflict.column("id").doNothing()).execute();
    return;
  }
  try {
    await insert.execute();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
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

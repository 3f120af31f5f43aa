import type { Insertable } from "kysely";
import { type Database, isUniqueViolation, sql, type Tables } from "../../db/index.ts";
import { nextRun } from "../cron.ts";
import type { Schedule, ScheduleRecord } from "../engine.ts";
import type { JobStore } from "./job-store.ts";
import type { JobTime } from "./job-time.ts";

/** The schedules of the database engine: which jobs are enqueued when. */
export interface ScheduleStore {
  /** Replaces all schedules. A schedule whose rule didn't change keeps its next run. */
  replace(schedules: readonly Schedule[]): Promise<void>;
  /** Enqueues due jobs, once per run no matter how many processes call it. Missed runs become a single one. */
  runDue(): Promise<void>;
  /** How long until the next run is due, in milliseconds, or null. Not positive if it's due now. */
  nextDueMs(): Promise<number | null>;
  list(): Promise<readonly ScheduleRecord[]>;
}

export interface ScheduleStoreOptions {
  readonly db: Database;
  readonly time: JobTime;
  readonly store: JobStore;
  createId(): string;
}

export function createScheduleStore(options: ScheduleStoreOptions): ScheduleStore {
  const { db, time } = options;
  return {
    replace: (schedules) => replace(options, schedules),
    runDue: () => runDue(options),
    async nextDueMs() {
      const dueMs = sql<number>`${sql.ref("next_run_at")} - ${time.now()}`.as("due_ms");
      const first = db.selectFrom("job_schedules").select(dueMs).orderBy("next_run_at").limit(1);
      return (await first.executeTakeFirst())?.due_ms ?? null;
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

// Other processes may do this at the same time, or be working already, so each statement must be safe on its own.
async function replace({ db, time }: ScheduleStoreOptions, schedules: readonly Schedule[]): Promise<void> {
  const rows = await db.selectFrom("job_schedules").selectAll().execute();
  const now = await time.read();
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const schedule of schedules) {
    const { key } = schedule;
    const values = rowOf(schedule);
    const before = known.get(key);
    known.delete(key);
    if (!before) {
      await insertUnlessThere(db, { id: key, ...values, next_run_at: nextRun(schedule, now) });
      continue;
    }
    const isSameRule = before.cron === values.cron && before.time_zone === values.time_zone;
    // Writing back the next run read above could repeat a run that another process has enqueued since.
    const planned = isSameRule ? {} : { next_run_at: nextRun(schedule, now) };
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
  // PostgreSQL aborts a transaction when a statement fails, so it must not fail there.
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

async function runDue({ db, time, store, createId }: ScheduleStoreOptions): Promise<void> {
  const now = await time.read();
  const due = await db.selectFrom("job_schedules").selectAll().where("next_run_at", "<=", now).execute();
  for (const row of due) {
    const next = nextRun({ cron: row.cron, timeZone: row.time_zone }, now);
    await db.transaction().execute(async (trx) => {
      // The process that advances the next run enqueues the job. All others find it already advanced.
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

/** Parses what `rowOf` above wrote. */
function readOptions(json: string): { priority: number; maxAttempts: number; timeoutMs: number } {
  return JSON.parse(json);
}

import { type Database, isUniqueViolation, type RawBuilder, sql } from "../../db/index.ts";
import type { NewJob, Outcome } from "../engine.ts";
import type { Claim } from "./job-claims.ts";
import { fromNow, type JobTime } from "./job-time.ts";

/** Writes jobs: inserts them, and stores how an attempt ended. */
export interface JobStore {
  /** Resolves to the job's id, or to that of the unfinished job with the same unique key. */
  insert(job: NewJob, scheduleKey?: string): Promise<string>;
  /** False: the claim was lost, and nothing was written. */
  settle(claim: Claim, outcome: Outcome): Promise<boolean>;
}

const keyRaces = 5;

export function createJobStore(db: Database, time: JobTime): JobStore {
  return {
    async insert(job, scheduleKey) {
      for (let race = 1; ; race++) {
        if (await insertUnlessTaken({ db, time }, job, scheduleKey)) return job.id;
        const holder = db
          .selectFrom("jobs")
          .select("id")
          .where("unique_key", "=", job.uniqueKey ?? null);
        const row = await holder.executeTakeFirst();
        if (row) return row.id;
        // The holder finished between the two statements, so the key is free again.
        if (race === keyRaces) return job.id;
      }
    },
    async settle({ job, token }, outcome) {
      const result = await db
        .updateTable("jobs")
        .set((row) => ({
          ...valuesAfter(outcome, time),
          ...(outcome.kind === "done" || outcome.payload === undefined ? {} : { payload: outcome.payload }),
          ...(outcome.kind === "released" ? { attempts: row("attempts", "-", 1) } : {}),
          locked_by: null,
          locked_until: null,
        }))
        .where("id", "=", job.id)
        .where("state", "=", "running")
        .where("locked_by", "=", token)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
  };
}

interface StoreContext {
  readonly db: Database;
  readonly time: JobTime;
}

async function insertUnlessTaken({ db, time }: StoreContext, job: NewJob, scheduleKey?: string): Promise<boolean> {
  const insert = db.insertInto("jobs").values({
    id: job.id,
    queue: job.queue,
    name: job.name,
    payload: job.payload,
    priority: job.priority,
    ...startOf(job, time),
    max_attempts: job.maxAttempts,
    timeout_ms: job.timeoutMs,
    unique_key: job.uniqueKey ?? null,
    schedule_key: scheduleKey ?? null,
    created_at: time.now(),
  });
  if (db.dialect === "mysql") {
    try {
      await insert.execute();
      return true;
    } catch (error) {
      if (job.uniqueKey !== undefined && isUniqueViolation(error)) return false;
      throw error;
    }
  }
  // PostgreSQL aborts a transaction when a statement fails, so this one must not fail.
  const result = await insert.onConflict((conflict) => conflict.column("unique_key").doNothing()).executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** When a new job is due, and whether that is later. */
function startOf(
  { at, delayMs = 0 }: NewJob,
  time: JobTime,
): { run_at: RawBuilder<number>; state: RawBuilder<string> } {
  if (at !== undefined) {
    const runAt = sql<number>`${sql.lit(Math.round(at))}`;
    return { run_at: runAt, state: sql<string>`case when ${runAt} > ${time.now()} then 'delayed' else 'ready' end` };
  }
  return { run_at: fromNow(time, delayMs), state: sql<string>`${sql.lit(delayMs > 0 ? "delayed" : "ready")}` };
}

function valuesAfter(outcome: Outcome, time: JobTime) {
  const now = time.now();
  switch (outcome.kind) {
    case "done":
      return { state: "done", finished_at: now, unique_key: null };
    case "dead":
      return { state: "dead", finished_at: now, unique_key: null, last_error: outcome.error };
    case "retry":
      return {
        state: outcome.delayMs > 0 ? "delayed" : "ready",
        run_at: fromNow(time, outcome.delayMs),
        last_error: outcome.error,
      };
    case "released":
      return { state: "ready" };
  }
}

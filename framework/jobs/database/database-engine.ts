import type { Clock, Logger } from "../../base/index.ts";
import { afterCommit, type Database } from "../../db/index.ts";
import type { JobEngine } from "../engine.ts";
import { tablesMissing } from "../errors.ts";
import { createJobIds } from "../job-ids.ts";
import { DatabaseWorker } from "./database-worker.ts";
import { createJobClaims } from "./job-claims.ts";
import { createJobStore } from "./job-store.ts";
import { createJobTime } from "./job-time.ts";
import { createJobViews } from "./job-views.ts";
import { createScheduleStore } from "./schedule-store.ts";

export interface DatabaseEngineOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly pollMs: number;
  readonly leaseMs: number;
  readonly maxLosses: number;
  readonly keepDoneMs: number;
  readonly keepDeadMs: number;
}

/** Stores jobs in the app's own database, as part of the transaction that enqueues them. Doesn't close the database. */
export function createDatabaseEngine(options: DatabaseEngineOptions): JobEngine {
  const { db, clock, log, pollMs, leaseMs } = options;
  const time = createJobTime(db, clock);
  const store = createJobStore(db, time);
  const claims = createJobClaims({ ...options, time });
  const views = createJobViews(db, time);
  const schedules = createScheduleStore({ db, time, store, createId: createJobIds(clock) });
  const workers = new Set<DatabaseWorker>();
  const wake = () => {
    for (const worker of workers) worker.wake();
  };
  const prune = () => views.prune({ doneMs: options.keepDoneMs, deadMs: options.keepDeadMs });
  return {
    kind: "database",
    async add(job) {
      const id = await store.insert(job);
      afterCommit(wake);
      return id;
    },
    async work(work) {
      const worker = new DatabaseWorker({ ...work, claims, store, schedules, clock, log, pollMs, leaseMs, prune });
      workers.add(worker);
      return {
        async stop(graceMs) {
          await worker.stop(graceMs);
          workers.delete(worker);
        },
      };
    },
    async putSchedules(wanted) {
      await checkTables(db);
      await schedules.replace(wanted);
      afterCommit(wake);
    },
    schedules: schedules.list,
    counts: views.counts,
    list: views.list,
    find: views.find,
    async retry(id) {
      const isRetried = await views.retry(id);
      afterCommit(wake);
      return isRetried;
    },
    cancel: views.cancel,
    async close() {
      await Promise.all([...workers].map((worker) => worker.stop(0)));
      workers.clear();
    },
  };
}

async function checkTables(db: Database): Promise<void> {
  try {
    await db.selectFrom("jobs").select("id").limit(1).execute();
    await db.selectFrom("job_schedules").select("id").limit(1).execute();
  } catch (cause) {
    throw tablesMissing({ cause });
  }
}

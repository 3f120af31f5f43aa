import type { Database, RawBuilder } from "../../db/index.ts";
import type { JobRecord, JobState, QueueCounts } from "../engine.ts";
import { recordOf, stateOf } from "./job-rows.ts";
import { fromNow, type JobTime } from "./job-time.ts";

/** Reads jobs for display, and lets people retry, cancel and delete them. */
export interface JobViews {
  counts(): Promise<readonly QueueCounts[]>;
  list(state: JobState, limit: number): Promise<readonly JobRecord[]>;
  find(id: string): Promise<JobRecord | null>;
  retry(id: string): Promise<boolean>;
  cancel(id: string): Promise<boolean>;
  /** Deletes up to 1000 done and 1000 dead jobs that finished longer ago than given, in milliseconds. */
  prune(keep: { readonly doneMs: number; readonly deadMs: number }): Promise<void>;
}

const prunedAtOnce = 1000;

export function createJobViews(db: Database, time: JobTime): JobViews {
  return {
    counts: () => readCounts(db),
    async list(state, limit) {
      const jobs = db.selectFrom("jobs").selectAll().where("state", "=", state).limit(limit);
      const isFinished = state === "done" || state === "dead";
      const ordered = isFinished
        ? jobs.orderBy("finished_at", "desc").orderBy("id", "desc")
        : jobs.orderBy("priority", "desc").orderBy("run_at").orderBy("id");
      return (await ordered.execute()).map(recordOf);
    },
    async find(id) {
      const row = await db.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? recordOf(row) : null;
    },
    async retry(id) {
      const result = await db
        .updateTable("jobs")
        .set({ state: "ready", attempts: 0, losses: 0, run_at: time.now(), finished_at: null })
        .where("id", "=", id)
        .where("state", "=", "dead")
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async cancel(id) {
      const waiting = db.deleteFrom("jobs").where("id", "=", id).where("state", "in", ["ready", "delayed"]);
      return (await waiting.executeTakeFirst()).numDeletedRows > 0n;
    },
    async prune({ doneMs, deadMs }) {
      await pruneState(db, "done", fromNow(time, -doneMs));
      await pruneState(db, "dead", fromNow(time, -deadMs));
    },
  };
}

async function readCounts(db: Database): Promise<QueueCounts[]> {
  const rows = await db
    .selectFrom("jobs")
    .select((row) => ["queue", "state", row.fn.countAll<number>().as("count")])
    .groupBy(["queue", "state"])
    .orderBy("queue")
    .execute();
  const queues = new Map<string, QueueCounts>();
  for (const { queue, state, count } of rows) {
    const counts = queues.get(queue) ?? { queue, ready: 0, delayed: 0, running: 0, done: 0, dead: 0 };
    queues.set(queue, { ...counts, [stateOf(state)]: Number(count) });
  }
  return [...queues.values()];
}

async function pruneState(db: Database, state: JobState, before: RawBuilder<number>): Promise<void> {
  const old = db.selectFrom("jobs").select("id").where("state", "=", state).where("finished_at", "<", before);
  const ids = (await old.limit(prunedAtOnce).execute()).map(({ id }) => id);
  if (ids.length > 0) await db.deleteFrom("jobs").where("id", "in", ids).where("state", "=", state).execute();
}

import { createId } from "../../base/index.ts";
import { type Database, isTransactionConflict, sql } from "../../db/index.ts";
import type { ClaimedJob } from "../engine.ts";
import { workerLost } from "../errors.ts";
import { claimedOf } from "./job-rows.ts";
import { fromNow, type JobTime } from "./job-time.ts";

/** A job, with the proof that this worker holds it. */
export interface Claim {
  readonly job: ClaimedJob;
  /** New for each claim, so that a worker whose lease expired can't overwrite what its successor stores. */
  readonly token: string;
}

export interface JobClaims {
  /** Claims up to `count` ready jobs of a queue for `leaseMs`. No two callers get the same job. */
  take(queue: string, count: number): Promise<readonly Claim[]>;
  /** Extends the leases. Resolves to the ids that are still held. */
  extend(claims: readonly Claim[]): Promise<ReadonlySet<string>>;
  /** Makes delayed jobs ready once they are due. */
  promote(): Promise<void>;
  /** Makes jobs with an expired lease ready again, or dead after too many losses. */
  rescue(): Promise<void>;
  /** How long until the next delayed job is due, in milliseconds, or null. Not positive if it's due now. */
  nextDueMs(): Promise<number | null>;
}

export interface JobClaimsOptions {
  readonly db: Database;
  readonly time: JobTime;
  /** How long a silent worker holds a job, in milliseconds. */
  readonly leaseMs: number;
  /** How many lost workers a job survives. */
  readonly maxLosses: number;
}

export function createJobClaims(options: JobClaimsOptions): JobClaims {
  const { db, time, leaseMs } = options;
  return {
    take: (queue, count) => take(options, queue, count),
    async extend(claims) {
      const held = db
        .selectFrom("jobs")
        .select("id")
        .where("state", "=", "running")
        .where(
          "id",
          "in",
          claims.map(({ job }) => job.id),
        )
        .where("locked_by", "in", [...new Set(claims.map(({ token }) => token))]);
      const ids = (await held.execute()).map(({ id }) => id);
      if (ids.length > 0) {
        const lockedUntil = fromNow(time, leaseMs);
        await db.updateTable("jobs").set({ locked_until: lockedUntil }).where("id", "in", ids).execute();
      }
      return new Set(ids);
    },
    async promote() {
      await db
        .updateTable("jobs")
        .set({ state: "ready" })
        .where("state", "=", "delayed")
        .where("run_at", "<=", time.now())
        .execute();
    },
    rescue: () => rescue(options),
    async nextDueMs() {
      const delayed = db.selectFrom("jobs").where("state", "=", "delayed").orderBy("run_at").limit(1);
      const dueMs = sql<number>`${sql.ref("run_at")} - ${time.now()}`.as("due_ms");
      return (await delayed.select(dueMs).executeTakeFirst())?.due_ms ?? null;
    },
  };
}

async function take(options: JobClaimsOptions, queue: string, count: number): Promise<Claim[]> {
  const { db } = options;
  // Checked outside a transaction first, so that an idle worker doesn't keep taking SQLite's write lock.
  const some = db.selectFrom("jobs").select("id").where("state", "=", "ready").where("queue", "=", queue).limit(1);
  if ((await some.executeTakeFirst()) === undefined) return [];
  try {
    return await takeReady(options, queue, count);
  } catch (error) {
    if (isTransactionConflict(error)) return []; // Another worker was faster; the next round tries again.
    throw error;
  }
}

async function takeReady(options: JobClaimsOptions, queue: string, count: number): Promise<Claim[]> {
  const { db, time, leaseMs } = options;
  const token = createId();
  // At InnoDB's default isolation level the locking read would lock gaps too, and block every enqueue.
  const transaction = db.dialect === "mysql" ? db.transaction().setIsolationLevel("read committed") : db.transaction();
  return await transaction.execute(async (trx) => {
    const ready = trx
      .selectFrom("jobs")
      .selectAll()
      .where("state", "=", "ready")
      .where("queue", "=", queue)
      .orderBy("priority", "desc")
      .orderBy("run_at")
      .orderBy("id")
      .limit(count);
    // In SQLite the transaction holds the write lock from the start, which has the same effect.
    const rows = await (db.dialect === "sqlite" ? ready : ready.forUpdate().skipLocked()).execute();
    if (rows.length === 0) return [];
    await trx
      .updateTable("jobs")
      .set((row) => ({
        state: "running",
        attempts: row("attempts", "+", 1),
        locked_by: token,
        locked_until: fromNow(time, leaseMs),
        started_at: time.now(),
      }))
      .where(
        "id",
        "in",
        rows.map(({ id }) => id),
      )
      .execute();
    return rows.map((row) => ({ job: claimedOf(row, row.attempts + 1), token }));
  });
}

async function rescue({ db, time, maxLosses }: JobClaimsOptions): Promise<void> {
  const lost = await db
    .selectFrom("jobs")
    .select(["id", "losses"])
    .where("state", "=", "running")
    .where("locked_until", "<", time.now())
    .execute();
  for (const { id, losses } of lost) {
    const isOver = losses + 1 > maxLosses;
    await db
      .updateTable("jobs")
      .set((row) => ({
        losses: losses + 1,
        // The interrupted attempt doesn't count.
        attempts: row("attempts", "-", 1),
        locked_by: null,
        locked_until: null,
        ...(isOver
          ? {
              state: "dead",
              unique_key: null,
              finished_at: time.now(),
              last_error: workerLost({ losses: losses + 1 }).message,
            }
          : { state: "ready" }),
      }))
      .where("id", "=", id)
      .where("state", "=", "running")
      // Checked again, because its worker or another rescue may have changed it in the meantime.
      .where("locked_until", "<", time.now())
      .execute();
  }
}

import { type Clock, createId } from "../../base/index.ts";
import { type Database, isTransactionConflict } from "../../db/index.ts";
import type { ClaimedJob } from "../engine.ts";
import { workerLost } from "../errors.ts";
import { claimedOf } from "./job-rows.ts";

/** A job together with the proof that this worker holds it. */
export interface Claim {
  readonly job: ClaimedJob;
  /** New at each taking, so that a worker that was away too long cannot write over what its successor does. */
  readonly token: string;
}

export interface JobClaims {
  /** Takes up to `count` ready jobs of a queue for `leaseMs`. No two callers get the same job. */
  take(queue: string, count: number): Promise<readonly Claim[]>;
  /** Prolongs the leases; resolves to the ids that are still held. */
  extend(claims: readonly Claim[]): Promise<ReadonlySet<string>>;
  /** Makes delayed jobs ready whose time has come. */
  promote(): Promise<void>;
  /** Makes jobs ready again whose worker let the lease run out; too many losses make a job dead. */
  rescue(): Promise<void>;
  /** When the next delayed job is due, or null. */
  nextDue(): Promise<number | null>;
}

export interface JobClaimsOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** How long a worker holds a job without a sign of life, in milliseconds. */
  readonly leaseMs: number;
  /** How many vanished workers a job survives. */
  readonly maxLosses: number;
}

export function createJobClaims(options: JobClaimsOptions): JobClaims {
  const { db, clock, leaseMs } = options;
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
        const lockedUntil = clock.now() + leaseMs;
        await db.updateTable("jobs").set({ locked_until: lockedUntil }).where("id", "in", ids).execute();
      }
      return new Set(ids);
    },
    async promote() {
      await db
        .updateTable("jobs")
        .set({ state: "ready" })
        .where("state", "=", "delayed")
        .where("run_at", "<=", clock.now())
        .execute();
    },
    rescue: () => rescue(options),
    async nextDue() {
      const delayed = db.selectFrom("jobs").where("state", "=", "delayed").orderBy("run_at").limit(1);
      return (await delayed.select("run_at").executeTakeFirst())?.run_at ?? null;
    },
  };
}

async function take(options: JobClaimsOptions, queue: string, count: number): Promise<Claim[]> {
  const { db } = options;
  // Asked outside of a transaction first: an idle worker must not take SQLite's write lock again and again.
  const some = db.selectFrom("jobs").select("id").where("state", "=", "ready").where("queue", "=", queue).limit(1);
  if ((await some.executeTakeFirst()) === undefined) return [];
  try {
    return await takeReady(options, queue, count);
  } catch (error) {
    if (isTransactionConflict(error)) return []; // another worker was faster; the next round asks again
    throw error;
  }
}

async function takeReady(options: JobClaimsOptions, queue: string, count: number): Promise<Claim[]> {
  const { db, clock, leaseMs } = options;
  const token = createId();
  // In InnoDB's default level the locking read would lock the gaps as well and make every enqueuing wait.
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
    // SQLite's transaction holds the one write lock from its beginning, which is as good.
    const rows = await (db.dialect === "sqlite" ? ready : ready.forUpdate().skipLocked()).execute();
    if (rows.length === 0) return [];
    const now = clock.now();
    await trx
      .updateTable("jobs")
      .set((row) => ({
        state: "running",
        attempts: row("attempts", "+", 1),
        locked_by: token,
        locked_until: now + leaseMs,
        started_at: now,
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

async function rescue({ db, clock, maxLosses }: JobClaimsOptions): Promise<void> {
  const now = clock.now();
  const lost = await db
    .selectFrom("jobs")
    .select(["id", "losses"])
    .where("state", "=", "running")
    .where("locked_until", "<", now)
    .execute();
  for (const { id, losses } of lost) {
    const isOver = losses + 1 > maxLosses;
    await db
      .updateTable("jobs")
      .set((row) => ({
        losses: losses + 1,
        // The attempt that was cut off does not count.
        attempts: row("attempts", "-", 1),
        locked_by: null,
        locked_until: null,
        ...(isOver
          ? {
              state: "dead",
              unique_key: null,
              finished_at: now,
              last_error: workerLost({ losses: losses + 1 }).message,
            }
          : { state: "ready" }),
      }))
      .where("id", "=", id)
      .where("state", "=", "running")
      // Asked again: its worker, or another rescuer, may have been here since.
      .where("locked_until", "<", now)
      .execute();
  }
}

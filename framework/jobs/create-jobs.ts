import { type Clock, createLogger, type Logger, systemClock } from "../base/index.ts";
import type { Database } from "../db/index.ts";
import { createDatabaseEngine } from "./database/database-engine.ts";
import type { JobEngine } from "./engine.ts";
import { createJobIds } from "./job-ids.ts";
import type { Jobs } from "./jobs.ts";
import { JobsRuntime } from "./jobs-runtime.ts";
import { createRedisEngine } from "./redis/redis-engine.ts";

export interface CreateJobsOptions {
  /** Keeps the jobs, unless `redisUrl` is given. Its migrations must have run before `start`. */
  readonly db: Database;
  /** Keeps the jobs in Redis by BullMQ; the packages ioredis and bullmq must be installed. */
  readonly redisUrl?: string | undefined;
  readonly log?: Logger;
  /** The machine's clock unless given. With Redis it serves `delayMs` and `at` alone. */
  readonly clock?: Clock;
  /** In [0, 1), for the jitter of retries. */
  readonly random?: () => number;
  /** How many jobs of one queue run at once in this process; 10 unless given. */
  readonly concurrency?: number;
  /** The same for single queues: `{ mail: 2 }`. */
  readonly queues?: Readonly<Record<string, number>>;
  /** The longest pause between two looks at the job table, in milliseconds; 1000 unless given. Jobs enqueued in this process start at once. */
  readonly pollMs?: number;
  /** After how long without a sign of life a worker counts as gone and its jobs run again, in milliseconds; 30 000 unless given. */
  readonly leaseMs?: number;
  /** How many vanished workers a job survives before it is dead; 3 unless given. */
  readonly maxLosses?: number;
  /** How long done jobs stay visible, in milliseconds; one day unless given. */
  readonly keepDoneMs?: number;
  /** How long dead jobs stay, in milliseconds; 30 days unless given. */
  readonly keepDeadMs?: number;
  /** What the keys in Redis begin with; `buffkit-jobs` unless given. */
  readonly prefix?: string;
}

const dayMs = 86_400_000;

/**
 * Background jobs in the app's own database, or in Redis when `redisUrl` is given. Enqueues at once; works on jobs from `start()` on.
 * A Redis that cannot be used is refused within two seconds: KitError `JOBS_REDIS_UNUSABLE`. The caller closes it before the database.
 */
export async function createJobs(options: CreateJobsOptions): Promise<Jobs> {
  const { log = createLogger(), clock = systemClock, random = Math.random, concurrency = 10, queues = {} } = options;
  const queueNames = new Set<string>();
  return new JobsRuntime({
    engine: await createEngine({ ...options, log, clock }, queueNames),
    log,
    random,
    now: () => clock.now(),
    createId: createJobIds(clock),
    concurrencyOf: (queue) => queues[queue] ?? concurrency,
    queueNames,
  });
}

type EngineOptions = CreateJobsOptions & { readonly log: Logger; readonly clock: Clock };

async function createEngine(options: EngineOptions, queueNames: ReadonlySet<string>): Promise<JobEngine> {
  const { db, redisUrl, log, clock, pollMs = 1000, prefix = "buffkit-jobs" } = options;
  const { leaseMs = 30_000, maxLosses = 3, keepDoneMs = dayMs, keepDeadMs = 30 * dayMs } = options;
  const shared = { log, clock, leaseMs, maxLosses, keepDoneMs, keepDeadMs };
  if (redisUrl === undefined) return createDatabaseEngine({ ...shared, db, pollMs });
  return await createRedisEngine({ ...shared, url: redisUrl, prefix, queueNames: () => [...queueNames] });
}

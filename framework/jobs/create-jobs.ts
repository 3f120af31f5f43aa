import { type Clock, createLogger, type Logger, systemClock } from "../base/index.ts";
import type { Database } from "../db/index.ts";
import { createDatabaseEngine } from "./database/database-engine.ts";
import type { JobEngine } from "./engine.ts";
import { createJobIds } from "./job-ids.ts";
import type { Jobs } from "./jobs.ts";
import { JobsRuntime } from "./jobs-runtime.ts";
import { createRedisEngine } from "./redis/redis-engine.ts";

export interface CreateJobsOptions {
  /** Stores the jobs, unless `redisUrl` is set. Its migrations must have run before `start`. */
  readonly db: Database;
  /** Stores the jobs in Redis with BullMQ. Needs the packages ioredis and bullmq. */
  readonly redisUrl?: string;
  readonly log?: Logger;
  /** Default: the time of the database, so that the clocks of machines may differ; with Redis, the system clock. With Redis it only affects `at`. */
  readonly clock?: Clock;
  /** Returns a number in [0, 1), for the jitter of retries. */
  readonly random?: () => number;
  /** How many jobs of a queue run at once in this process. Default: 10. */
  readonly concurrency?: number;
  /** The same for individual queues: `{ mail: 2 }`. */
  readonly queues?: Readonly<Record<string, number>>;
  /** How often to poll the job table, in milliseconds. Default: 1000. Jobs enqueued in this process start immediately. */
  readonly pollMs?: number;
  /** How long a worker may be silent before its jobs run again elsewhere, in milliseconds. Default: 30,000. */
  readonly leaseMs?: number;
  /** How many lost workers a job survives before it is dead. Default: 3. */
  readonly maxLosses?: number;
  /** How long to keep finished jobs, in milliseconds. Default: one day. */
  readonly keepDoneMs?: number;
  /** How long to keep dead jobs, in milliseconds. Default: 30 days. */
  readonly keepDeadMs?: number;
  /** The prefix of all Redis keys. Default: `buffkit-jobs`. */
  readonly prefix?: string;
  /** How long the first connection to Redis may take, in milliseconds. Default: 1,500. */
  readonly connectTimeoutMs?: number;
}

const dayMs = 86_400_000;

/**
 * Creates background jobs in the app's own database, or in Redis if `redisUrl` is set. Jobs can be enqueued right away and run once
 * `start()` is called. Throws `JOBS_REDIS_UNUSABLE` within two seconds if Redis can't be used. Close it before the database.
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
  const { connectTimeoutMs } = options;
  const names = () => [...queueNames];
  return await createRedisEngine({ ...shared, url: redisUrl, prefix, connectTimeoutMs, queueNames: names });
}

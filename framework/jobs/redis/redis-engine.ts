import type { Clock, Logger } from "../../base/index.ts";
import { afterCommit, isInTransaction, refuseEndedTransaction } from "../../db/index.ts";
import type { EngineWorker, JobEngine, JobRecord, JobState, NewJob, QueueCounts } from "../engine.ts";
import { CommittedJobs } from "./committed-jobs.ts";
import { reachRedis } from "./reach-redis.ts";
import { createProducerConnection, loadRedisPackages, probeRedis } from "./redis-connection.ts";
import { bullPriority, recordOf, type StoredJob, type StoredQueue, stateOf, storedOf } from "./redis-records.ts";
import { listSchedules, replaceSchedules } from "./redis-schedules.ts";
import { RedisWorker } from "./redis-worker.ts";

export interface RedisEngineOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** The prefix of all keys. */
  readonly prefix: string;
  /** Default: 1,500. */
  readonly connectTimeoutMs?: number;
  readonly leaseMs: number;
  readonly maxLosses: number;
  readonly keepDoneMs: number;
  readonly keepDeadMs: number;
  /** The names of all defined queues. Called each time they are needed. */
  queueNames(): readonly string[];
}

/** How long storing all schedules may take at startup. */
const startMs = 20_000;

const bullStates = {
  ready: ["prioritized", "waiting"],
  delayed: ["delayed"],
  running: ["active"],
  done: ["completed"],
  dead: ["failed"],
} as const;

/**
 * Stores jobs in Redis with BullMQ, for several machines. Enqueues after the commit of the current transaction; if the process dies
 * between the two, the job is lost. The database engine doesn't have this gap. While Redis is away, everything fails with
 * `JOBS_UNAVAILABLE`, except for what is already committed, which waits.
 */
export async function createRedisEngine(options: RedisEngineOptions): Promise<JobEngine> {
  const { url, log, prefix, clock } = options;
  const packages = await loadRedisPackages();
  await probeRedis(packages, url, options.connectTimeoutMs);
  const connection = await createProducerConnection(packages, url, log);
  const reach = <T>(work: () => Promise<T>, replyMs?: number) => reachRedis(connection, work, replyMs);
  const queues = new Map<string, StoredQueue>();
  const workers = new Set<EngineWorker>();
  const queueOf = (name: string) => {
    const queue = queues.get(name) ?? new packages.bullmq.Queue<StoredJob, void, string>(name, { connection, prefix });
    // Connection errors are logged where the connection is created. Without a listener they would be thrown.
    if (!queues.has(name)) {
      queue.on("error", () => undefined);
      // A queue that was made in the moment that the connection broke would be broken for good.
      queue.waitUntilReady().catch(() => queues.delete(name));
    }
    queues.set(name, queue);
    return queue;
  };
  const allQueues = () => options.queueNames().map(queueOf);
  const keep = keepOptions(options);
  const add = async (job: NewJob) => {
    const delay = Math.max(0, job.at === undefined ? (job.delayMs ?? 0) : job.at - clock.now());
    const deduplication = job.uniqueKey === undefined ? {} : { deduplication: { id: job.uniqueKey } };
    const added = await queueOf(job.queue).add(job.name, storedOf(job), {
      ...jobOptions(job),
      ...keep,
      ...deduplication,
      jobId: job.id,
      delay,
    });
    return added.id ?? job.id;
  };
  const committed = new CommittedJobs({ add: (job) => reach(() => add(job)), log, now: () => clock.now() });
  return {
    kind: "redis",
    async add(job) {
      refuseEndedTransaction();
      if (!isInTransaction()) return await reach(() => add(job));
      // While Redis is away, the transaction fails, so that nothing is committed without its job.
      await reach(async () => undefined);
      afterCommit(() => committed.add(job));
      return job.id;
    },
    async work(work) {
      const worker = new RedisWorker({ ...options, ...work, packages });
      workers.add(worker);
      return {
        async stop(graceMs) {
          workers.delete(worker);
          await worker.stop(graceMs);
        },
      };
    },
    putSchedules: (schedules) =>
      reach(() => replaceSchedules(allQueues(), schedules, (job) => ({ ...jobOptions(job), ...keep })), startMs),
    schedules: () => reach(() => listSchedules(allQueues())),
    counts: () => reach(() => Promise.all(allQueues().map(countsOf))),
    list: (state, limit) => reach(() => listJobs(allQueues(), state, limit)),
    find: (id) => reach(() => findRecord(allQueues(), id)),
    retry: (id) => reach(() => retryJob(allQueues(), id)),
    cancel: (id) => reach(() => cancelJob(allQueues(), id)),
    async close() {
      await committed.close();
      await Promise.all([...workers].map((worker) => worker.stop(0)));
      connection.disconnect();
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

function jobOptions(job: Pick<NewJob, "maxAttempts" | "priority">) {
  return {
    attempts: job.maxAttempts,
    backoff: { type: "custom" },
    priority: bullPriority(job.priority),
    stackTraceLimit: 1,
  };
}

/** BullMQ measures ages in seconds. */
function keepOptions({ keepDoneMs, keepDeadMs }: RedisEngineOptions) {
  return {
    removeOnComplete: { age: Math.ceil(keepDoneMs / 1000) },
    removeOnFail: { age: Math.ceil(keepDeadMs / 1000) },
  };
}

async function countsOf(queue: StoredQueue): Promise<QueueCounts> {
  const counts = await queue.getJobCounts("waiting", "prioritized", "delayed", "active", "completed", "failed");
  return {
    queue: queue.name,
    ready: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
    delayed: counts.delayed ?? 0,
    running: counts.active ?? 0,
    done: counts.completed ?? 0,
    dead: counts.failed ?? 0,
  };
}

async function listJobs(queues: readonly StoredQueue[], state: JobState, limit: number): Promise<JobRecord[]> {
  const isFinished = state === "done" || state === "dead";
  const found = await Promise.all(
    queues.map((queue) => queue.getJobs([...bullStates[state]], 0, limit - 1, !isFinished)),
  );
  const records = found.flat().map((job) => recordOf(job, state));
  const order = isFinished
    ? (a: JobRecord, b: JobRecord) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0)
    : (a: JobRecord, b: JobRecord) => b.priority - a.priority || a.runAt - b.runAt;
  return records.sort(order).slice(0, limit);
}

async function findJob(queues: readonly StoredQueue[], id: string) {
  const found = await Promise.all(queues.map((queue) => queue.getJob(id)));
  return found.find((job) => job !== undefined);
}

async function retryJob(queues: readonly StoredQueue[], id: string): Promise<boolean> {
  const found = await findJob(queues, id);
  if (!found || stateOf(await found.getState()) !== "dead") return false;
  await found.retry("failed", { resetAttemptsMade: true, resetAttemptsStarted: true });
  return true;
}

async function cancelJob(queues: readonly StoredQueue[], id: string): Promise<boolean> {
  const found = await findJob(queues, id);
  const state = found && stateOf(await found.getState());
  if (!found || (state !== "ready" && state !== "delayed")) return false;
  await found.remove();
  return true;
}

async function findRecord(queues: readonly StoredQueue[], id: string): Promise<JobRecord | null> {
  const job = await findJob(queues, id);
  const state = job && stateOf(await job.getState());
  return job && state ? recordOf(job, state) : null;
}

import type { Job, Queue } from "bullmq";
import type { ClaimedJob, JobRecord, JobState, NewJob } from "../engine.ts";

/** The data of a BullMQ job. */
export interface StoredJob {
  /** JSON. */
  readonly payload: string;
  readonly timeoutMs: number;
}

export type StoredQueue = Queue<StoredJob, void, string>;
export type StoredBullJob = Job<StoredJob, void, string>;

/** BullMQ runs 1 first and has no negative priorities. Every job gets one, because jobs without one go first. */
export function bullPriority(priority: number): number {
  return 1001 - priority;
}

export function storedOf(job: Pick<NewJob, "payload" | "timeoutMs">): StoredJob {
  return { payload: job.payload, timeoutMs: job.timeoutMs };
}

export function claimedOf(job: StoredBullJob): ClaimedJob {
  return {
    id: job.id ?? "",
    queue: job.queueName,
    name: job.name,
    payload: job.data.payload,
    attempt: job.attemptsMade + 1,
    maxAttempts: job.opts.attempts ?? 1,
    timeoutMs: job.data.timeoutMs,
  };
}

export function recordOf(job: StoredBullJob, state: JobState): JobRecord {
  return {
    id: job.id ?? "",
    queue: job.queueName,
    name: job.name,
    state,
    payload: JSON.parse(job.data.payload),
    priority: 1001 - (job.opts.priority ?? 1001),
    attempts: state === "running" ? job.attemptsMade + 1 : job.attemptsMade,
    maxAttempts: job.opts.attempts ?? 1,
    runAt: job.timestamp + (job.delay ?? 0),
    createdAt: job.timestamp,
    startedAt: job.processedOn ?? null,
    finishedAt: job.finishedOn ?? null,
    lastError: job.failedReason ?? null,
  };
}

/** Maps a BullMQ state to ours. Null: the job is gone. */
export function stateOf(bullState: string): JobState | null {
  switch (bullState) {
    case "completed":
      return "done";
    case "failed":
      return "dead";
    case "active":
      return "running";
    case "delayed":
      return "delayed";
    case "unknown":
      return null;
    default:
      return "ready";
  }
}

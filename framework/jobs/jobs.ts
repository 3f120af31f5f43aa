import type { JobRecord, JobState, QueueCounts, ScheduleRecord } from "./engine.ts";
import type { JobDefinition, JobType } from "./job-definition.ts";

export interface EnqueueOptions {
  /** Runs after this many milliseconds at the earliest. */
  readonly delayMs?: number;
  /** Runs at this moment at the earliest; takes precedence over `delayMs`. */
  readonly at?: Date | number;
  /** −1000 to 1000, higher runs first; the definition's unless given. */
  readonly priority?: number;
  /** While an unfinished job holds this key, no second one is made: `enqueue` gives the id of the first. */
  readonly uniqueKey?: string;
}

export interface ScheduleOptions {
  /** Its name among the schedules, for a job that has several; the job's name unless given. */
  readonly key?: string;
  /** An IANA time zone; UTC unless given. */
  readonly timeZone?: string;
}

export interface StartOptions {
  /** Works on these queues alone; on all that a definition names unless given. */
  readonly queues?: readonly string[];
  /** Jobs of each queue at once; as the queues were configured unless given. */
  readonly concurrency?: number;
}

export interface JobStats {
  readonly engine: "database" | "redis";
  readonly totals: Omit<QueueCounts, "queue">;
  readonly queues: readonly QueueCounts[];
  readonly schedules: readonly ScheduleRecord[];
}

/** Something that this process did or saw happen to a job. */
export interface JobChange {
  readonly kind: "enqueued" | "started" | "done" | "failed" | "dead" | "released" | "retried" | "cancelled";
  readonly id: string;
  /** Absent where only the id is known. */
  readonly name?: string;
}

/** Work that happens apart from a request, kept until it is done. Made by `createJobs`. */
export interface Jobs {
  /** Where jobs are kept. */
  readonly engine: "database" | "redis";
  /** Names a kind of job. Throws `JOBS_DEFINED_TWICE`, `JOBS_SETTING_INVALID`. */
  define<Input, Output>(name: string, definition: JobDefinition<Input, Output>): JobType<Input>;
  /**
   * Has a job done, now or later; resolves to its id. Inside a transaction it happens with the commit and vanishes with a rollback.
   * Throws `JOBS_PAYLOAD_INVALID`, `JOBS_UNKNOWN`.
   */
  enqueue<Input>(job: JobType<Input> | string, payload: Input, options?: EnqueueOptions): Promise<string>;
  /** Has a job done again and again, from `start` on. Throws `JOBS_CRON_INVALID` and what `enqueue` throws. */
  schedule<Input>(job: JobType<Input> | string, cron: string, payload: Input, options?: ScheduleOptions): Promise<void>;
  /** Works on jobs in this process until `stop`. The schedules made by now are the ones that exist; others are dropped. */
  start(options?: StartOptions): Promise<void>;
  /** Takes nothing new, waits for what runs (30 s unless given), then aborts the rest and gives it back. */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
  stats(): Promise<JobStats>;
  /** At most 100 unless given. */
  list(state: JobState, options?: { readonly limit?: number }): Promise<readonly JobRecord[]>;
  /** Those that failed for good, the latest first. */
  dead(options?: { readonly limit?: number }): Promise<readonly JobRecord[]>;
  find(id: string): Promise<JobRecord | null>;
  /** Has a dead job done again. False: there is none of that id. */
  retry(id: string): Promise<boolean>;
  /** Removes a job that does not run yet. False: there is none of that id. */
  cancel(id: string): Promise<boolean>;
  /** Hears of each change in this process, until the returned function is called. */
  onChange(listener: (change: JobChange) => void): () => void;
  /** Stops, and closes what the engine opened (not the database). */
  close(): Promise<void>;
}

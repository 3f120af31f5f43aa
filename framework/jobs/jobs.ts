import type { JobRecord, JobState, QueueCounts, ScheduleRecord } from "./engine.ts";
import type { JobDefinition, JobType } from "./job-definition.ts";

export interface EnqueueOptions {
  /** Runs after this many milliseconds at the earliest. */
  readonly delayMs?: number;
  /** Runs at this time at the earliest. Takes precedence over `delayMs`. */
  readonly at?: Date | number;
  /** −1000 to 1000, higher runs first. Default: the priority in the definition. */
  readonly priority?: number;
  /** While an unfinished job holds this key, `enqueue` creates no second one and resolves to the id of the first. */
  readonly uniqueKey?: string;
}

export interface ScheduleOptions {
  /** The unique name of the schedule, for a job that has several. Default: the name of the job. */
  readonly key?: string;
  /** An IANA time zone. Default: UTC. */
  readonly timeZone?: string;
}

export interface StartOptions {
  /** The queues to work on. Default: all that a definition names. */
  readonly queues?: readonly string[];
  /** How many jobs of each queue run at once. Default: as configured. */
  readonly concurrency?: number;
}

export interface JobStats {
  readonly engine: "database" | "redis";
  readonly totals: Omit<QueueCounts, "queue">;
  readonly queues: readonly QueueCounts[];
  readonly schedules: readonly ScheduleRecord[];
}

/** A change to a job, made or seen by this process. */
export interface JobChange {
  readonly kind: "enqueued" | "started" | "done" | "failed" | "dead" | "released" | "retried" | "canceled";
  readonly id: string;
  /** Missing if only the id is known. */
  readonly name?: string;
}

/** Background work that is stored until it is done. Created by `createJobs`. */
export interface Jobs {
  /** Where jobs are stored. */
  readonly engine: "database" | "redis";
  /** Defines a kind of job. Throws `JOBS_DEFINED_TWICE`, `JOBS_SETTING_INVALID`. */
  define<Input, Output>(name: string, definition: JobDefinition<Input, Output>): JobType<Input>;
  /**
   * Enqueues a job, to run now or later, and resolves to its id. Inside a transaction it takes effect on commit and is dropped on rollback.
   * Throws `JOBS_PAYLOAD_INVALID`, `JOBS_UNKNOWN`.
   */
  enqueue<Input>(job: JobType<Input> | string, payload: Input, options?: EnqueueOptions): Promise<string>;
  /** Runs a job on a schedule, once `start` is called. Throws `JOBS_CRON_INVALID` and what `enqueue` throws. */
  schedule<Input>(job: JobType<Input> | string, cron: string, payload: Input, options?: ScheduleOptions): Promise<void>;
  /** Works on jobs in this process until `stop`. Schedules that were not declared by now are dropped. */
  start(options?: StartOptions): Promise<void>;
  /** Takes no new jobs, waits for running ones (default: 30 s), then aborts and releases the rest. */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
  stats(): Promise<JobStats>;
  /** Default limit: 100. */
  list(state: JobState, options?: { readonly limit?: number }): Promise<readonly JobRecord[]>;
  /** Jobs that failed permanently, latest first. */
  dead(options?: { readonly limit?: number }): Promise<readonly JobRecord[]>;
  find(id: string): Promise<JobRecord | null>;
  /** Runs a dead job again. False: there is no dead job with this id. */
  retry(id: string): Promise<boolean>;
  /** Removes a job that isn't running yet. False: there is no such job. */
  cancel(id: string): Promise<boolean>;
  /** Calls the listener on each change in this process, until the returned function is called. */
  onChange(listener: (change: JobChange) => void): () => void;
  /** Stops the workers and closes what the engine opened, but not the database. */
  close(): Promise<void>;
}

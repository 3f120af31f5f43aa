/** A job to be stored by an engine. */
export interface NewJob {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  /** JSON. */
  readonly payload: string;
  /** −1000 to 1000, higher runs first. */
  readonly priority: number;
  /** Runs no earlier than this, in milliseconds since the Unix epoch. Default: now. */
  readonly at?: number;
  /** Runs this many milliseconds from now at the earliest. Not used if `at` is set. */
  readonly delayMs?: number;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
  readonly uniqueKey?: string;
}

/** A job that a worker has claimed and holds until its outcome is known. */
export interface ClaimedJob {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  readonly payload: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
}

/**
 * How an attempt ended. `released`: it didn't finish, any worker may take the job at once, and the attempt doesn't count. `payload` is
 * JSON that replaces the job's payload, stored no later than the outcome.
 */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "retry"; readonly delayMs: number; readonly error: string; readonly payload?: string }
  | { readonly kind: "dead"; readonly error: string; readonly payload?: string }
  | { readonly kind: "released"; readonly payload?: string };

/** `ready` waits for a worker, `delayed` for its time. `dead` has failed permanently and keeps its error. */
export type JobState = "ready" | "delayed" | "running" | "done" | "dead";

/** A job for display. Times are milliseconds since the Unix epoch. */
export interface JobRecord {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  readonly state: JobState;
  readonly payload: unknown;
  readonly priority: number;
  /** How often it was started. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly runAt: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** The error of the last failed attempt. */
  readonly lastError: string | null;
}

export interface QueueCounts {
  readonly queue: string;
  readonly ready: number;
  readonly delayed: number;
  readonly running: number;
  readonly done: number;
  readonly dead: number;
}

/** A recurring job. `key` is the unique name of the schedule. */
export interface Schedule {
  readonly key: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly job: Omit<NewJob, "id" | "at" | "delayMs" | "uniqueKey">;
}

export interface ScheduleRecord {
  readonly key: string;
  readonly name: string;
  readonly queue: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly nextRunAt: number | null;
  readonly lastRunAt: number | null;
}

export interface WorkOptions {
  readonly queues: readonly { readonly name: string; readonly concurrency: number }[];
  /** Runs one job and resolves to its outcome; never rejects. `released` fires when the worker must release the job. */
  run(job: ClaimedJob, released: AbortSignal): Promise<Outcome>;
  /** Called once an outcome is stored. */
  onSettled(job: ClaimedJob, outcome: Outcome): void;
}

export interface EngineWorker {
  /** Takes no new jobs, waits up to `graceMs` for running ones, then releases the rest. */
  stop(graceMs: number): Promise<void>;
}

/** Stores jobs and hands them to workers. Implemented in `database/` and `redis/`. */
export interface JobEngine {
  readonly kind: "database" | "redis";
  /** Resolves to the id of the job, or of the existing one with the same unique key. */
  add(job: NewJob): Promise<string>;
  work(options: WorkOptions): Promise<EngineWorker>;
  /** Replaces all schedules. Called before the first `work`. */
  putSchedules(schedules: readonly Schedule[]): Promise<void>;
  schedules(): Promise<readonly ScheduleRecord[]>;
  counts(): Promise<readonly QueueCounts[]>;
  /** Waiting jobs in the order in which they will run, finished ones latest first. */
  list(state: JobState, limit: number): Promise<readonly JobRecord[]>;
  find(id: string): Promise<JobRecord | null>;
  /** Makes a dead job ready again and resets its attempts. False: there is no such dead job. */
  retry(id: string): Promise<boolean>;
  /** Removes a job that isn't running yet. False: there is no such job. */
  cancel(id: string): Promise<boolean>;
  close(): Promise<void>;
}

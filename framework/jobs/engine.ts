/** A job on its way into an engine. */
export interface NewJob {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  /** JSON. */
  readonly payload: string;
  /** −1000 to 1000, higher runs first. */
  readonly priority: number;
  /** Not before this moment, in milliseconds; now unless given. */
  readonly runAt?: number | undefined;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
  readonly uniqueKey?: string | undefined;
}

/** A job that a worker has taken, and holds until its outcome is known. */
export interface ClaimedJob {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  readonly payload: string;
  /** 1 at the first try. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
}

/** How an attempt ended. `released`: it did not end, another worker may take the job at once and the attempt does not count. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "retry"; readonly delayMs: number; readonly error: string }
  | { readonly kind: "dead"; readonly error: string }
  | { readonly kind: "released" };

/** `ready` waits for a worker, `delayed` for its time; `dead` has failed for good and keeps its error. */
export type JobState = "ready" | "delayed" | "running" | "done" | "dead";

/** One job as people see it. Times are milliseconds since the Unix epoch. */
export interface JobRecord {
  readonly id: string;
  readonly queue: string;
  readonly name: string;
  readonly state: JobState;
  readonly payload: unknown;
  readonly priority: number;
  /** How often it was begun. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly runAt: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** What the last failed attempt said. */
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

/** A job that is made again and again by a clock. `key` is its name among schedules. */
export interface Schedule {
  readonly key: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly job: Omit<NewJob, "id" | "runAt" | "uniqueKey">;
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
  /** Runs one job to its outcome; never rejects. `released` fires when the job must be given back. */
  run(job: ClaimedJob, released: AbortSignal): Promise<Outcome>;
  /** Hears of an outcome once it is written. */
  onSettled(job: ClaimedJob, outcome: Outcome): void;
}

export interface EngineWorker {
  /** Takes nothing new, waits `graceMs` for what runs, then gives the rest back. */
  stop(graceMs: number): Promise<void>;
}

/** Where jobs are kept and how workers come by them: the port with the implementations `database/` and `redis/`. */
export interface JobEngine {
  readonly kind: "database" | "redis";
  /** Resolves to the id of the job, or of the one that holds the same unique key already. */
  add(job: NewJob): Promise<string>;
  work(options: WorkOptions): Promise<EngineWorker>;
  /** Makes these the schedules that exist; others are dropped. Called before the first `work`. */
  putSchedules(schedules: readonly Schedule[]): Promise<void>;
  schedules(): Promise<readonly ScheduleRecord[]>;
  counts(): Promise<readonly QueueCounts[]>;
  /** Waiting ones in the order in which they will run, finished ones the latest first. */
  list(state: JobState, limit: number): Promise<readonly JobRecord[]>;
  find(id: string): Promise<JobRecord | null>;
  /** Makes a dead job ready, with all its attempts anew. False: there is no such dead job. */
  retry(id: string): Promise<boolean>;
  /** Removes a job that does not run yet. False: there is no such job. */
  cancel(id: string): Promise<boolean>;
  close(): Promise<void>;
}

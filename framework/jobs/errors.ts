import { KitError } from "../base/index.ts";

export function payloadInvalid(facts: { name: string; problems: string }): KitError {
  return new KitError({
    code: "JOBS_PAYLOAD_INVALID",
    message: `The payload for the job "${facts.name}" doesn't match its schema: ${facts.problems}`,
    hint: "Payloads are stored as JSON: dates become strings, functions and undefined are dropped.",
  });
}

export function jobUnknown(facts: { name: string }): KitError {
  return new KitError({
    code: "JOBS_UNKNOWN",
    message: `No job named "${facts.name}" is defined in this process.`,
    hint: "Call jobs.define() before enqueuing it, and in every process that works on its queue.",
  });
}

export function jobDefinedTwice(facts: { name: string }): KitError {
  return new KitError({
    code: "JOBS_DEFINED_TWICE",
    message: `A job named "${facts.name}" is already defined, but names must be unique.`,
    hint: "Rename one of the two.",
  });
}

export function jobSettingInvalid(facts: { setting: string; value: unknown; expected: string }): KitError {
  return new KitError({
    code: "JOBS_SETTING_INVALID",
    message: `The job setting ${facts.setting} is ${JSON.stringify(facts.value)}, expected ${facts.expected}.`,
  });
}

export function jobTimedOut(facts: { name: string; timeoutMs: number }): KitError {
  return new KitError({
    code: "JOBS_TIMED_OUT",
    message: `The job "${facts.name}" did not finish within ${facts.timeoutMs} ms.`,
    hint: "Pass the context's `signal` to whatever takes long, or raise `timeoutMs`.",
  });
}

/** The reason of a job's signal when its worker stops or loses its lease. */
export function jobReleased(facts: { name: string }): KitError {
  return new KitError({
    code: "JOBS_RELEASED",
    message: `The worker released the job "${facts.name}" before it finished. It will run again.`,
  });
}

/** Throw this in a handler when retrying is pointless: the job is dead at once, without further attempts. */
export function giveUp(reason: string): KitError {
  return new KitError({ code: "JOBS_GIVEN_UP", message: reason });
}

export function workerLost(facts: { losses: number }): KitError {
  return new KitError({
    code: "JOBS_WORKER_LOST",
    message: `Its worker disappeared ${facts.losses} times while running it.`,
    hint: "The job probably crashes the process, for example by running out of memory. Check the end of the worker's log.",
  });
}

export function cronInvalid(facts: { cron: string; timeZone: string; cause: unknown }): KitError {
  const reason = facts.cause instanceof Error ? facts.cause.message : String(facts.cause);
  return new KitError({
    code: "JOBS_CRON_INVALID",
    message: `The schedule "${facts.cron}" (${facts.timeZone}) isn't valid: ${reason}`,
    hint: 'Use five fields as in crontab, for example "0 3 * * *" for 3 a.m., or six fields with seconds first.',
    cause: facts.cause,
  });
}

/** `address` must not contain a password. */
export function redisUnusable(facts: { address: string; reason: string; cause?: unknown }): KitError {
  return new KitError({
    code: "JOBS_REDIS_UNUSABLE",
    message: `REDIS_URL: failed to initialize jobs with ${facts.address}: ${facts.reason}`,
    hint: "Fix REDIS_URL (redis://[user:password@]host[:port][/db]), or remove it to store jobs in the database.",
    status: 503,
    cause: facts.cause,
  });
}

export function jobsUnavailable(facts: { reason: string; cause?: unknown }): KitError {
  return new KitError({
    code: "JOBS_UNAVAILABLE",
    message: `Redis, which has the jobs, can't be used: ${facts.reason}.`,
    hint: "The connection is restored on its own; the log says since when it's lost. Try again: with a uniqueKey, a job that Redis took after all isn't enqueued twice.",
    status: 503,
    cause: facts.cause,
  });
}

export function committedJobsFull(facts: { waiting: number }): KitError {
  return new KitError({
    code: "JOBS_COMMITTED_FULL",
    message: `A job of a committed transaction is lost: ${facts.waiting} others already wait for Redis to come back.`,
    hint: "Store jobs in the database (no REDIS_URL) if none may be lost.",
    status: 503,
  });
}

export function bullmqMissing(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "JOBS_BULLMQ_MISSING",
    message: "REDIS_URL is set, but failed to initialize jobs: the package bullmq isn't installed.",
    hint: "Run: npm install bullmq",
    cause: facts.cause,
  });
}

export function tablesMissing(facts: { cause: unknown }): KitError {
  return new KitError({
    code: "JOBS_TABLES_MISSING",
    message: "Cannot read the job tables.",
    hint: "Run the migrations: npx buffkit migrate",
    cause: facts.cause,
  });
}

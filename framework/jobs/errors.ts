import { KitError } from "../base/index.ts";

export function payloadInvalid(facts: { name: string; problems: string }): KitError {
  return new KitError({
    code: "JOBS_PAYLOAD_INVALID",
    message: `The payload for the job "${facts.name}" does not fit its schema: ${facts.problems}`,
    hint: "A payload travels as JSON: dates become text, functions and undefined vanish.",
  });
}

export function jobUnknown(facts: { name: string }): KitError {
  return new KitError({
    code: "JOBS_UNKNOWN",
    message: `No job named "${facts.name}" is defined in this process.`,
    hint: "Call jobs.define() for it before it is enqueued, and in every process that works on its queue.",
  });
}

export function jobDefinedTwice(facts: { name: string }): KitError {
  return new KitError({
    code: "JOBS_DEFINED_TWICE",
    message: `The job "${facts.name}" is defined already, expected each name once.`,
    hint: "Give one of the two another name.",
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
    hint: "Hand the context's `signal` to what takes long, or raise `timeoutMs`.",
  });
}

/** Why the signal of a running job fires when its worker stops or has lost the right to it. */
export function jobReleased(facts: { name: string }): KitError {
  return new KitError({
    code: "JOBS_RELEASED",
    message: `The worker gave the job "${facts.name}" back before it finished; it will run again.`,
  });
}

/** Thrown by a handler that knows that trying again is no use: the job goes to the dead ones at once. */
export function giveUp(reason: string): KitError {
  return new KitError({ code: "JOBS_GIVEN_UP", message: reason });
}

export function workerLost(facts: { losses: number }): KitError {
  return new KitError({
    code: "JOBS_WORKER_LOST",
    message: `Its worker vanished ${facts.losses} times while running it.`,
    hint: "The job probably ends the process (memory?). Look at the worker's last lines.",
  });
}

export function cronInvalid(facts: { cron: string; timeZone: string; cause: unknown }): KitError {
  const reason = facts.cause instanceof Error ? facts.cause.message : String(facts.cause);
  return new KitError({
    code: "JOBS_CRON_INVALID",
    message: `The schedule "${facts.cron}" (${facts.timeZone}) cannot be read: ${reason}`,
    hint: 'Five fields as in crontab, for example "0 3 * * *" for three at night; a sixth one in front counts seconds.',
    cause: facts.cause,
  });
}

/** `address` must be free of passwords. */
export function redisUnusable(facts: { address: string; reason: string; cause?: unknown }): KitError {
  return new KitError({
    code: "JOBS_REDIS_UNUSABLE",
    message: `REDIS_URL: failed to initialize jobs with ${facts.address}: ${facts.reason}`,
    hint: "Correct REDIS_URL (redis://[user:password@]host[:port][/db]), or leave it out to keep jobs in the database.",
    status: 503,
    cause: facts.cause,
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
    message: "The job tables cannot be read.",
    hint: "Run the migrations: npx buffkit migrate",
    cause: facts.cause,
  });
}

import { describeThrown, KitError, type Logger } from "../base/index.ts";
import { backoffDelay } from "./backoff.ts";
import type { ClaimedJob, Outcome } from "./engine.ts";
import { jobReleased, jobTimedOut, jobUnknown, payloadInvalid } from "./errors.ts";
import type { DefinedJob, JobContext } from "./job-definition.ts";

export interface JobRunnerOptions {
  find(name: string): DefinedJob | undefined;
  readonly log: Logger;
  /** Returns a number in [0, 1), for the jitter of retries. */
  readonly random: () => number;
}

const errorCharactersKept = 4000;

/** Runs one claimed job: parses its payload, limits its time, and turns the result into an outcome. Used by both engines. */
export function createJobRunner(options: JobRunnerOptions) {
  return async (job: ClaimedJob, released: AbortSignal): Promise<Outcome> => {
    const definition = options.find(job.name);
    const kept: { payload?: string } = {};
    const keep = (payload: unknown) => {
      kept.payload = JSON.stringify(payload ?? null);
    };
    try {
      if (!definition) throw jobUnknown({ name: job.name });
      await attempt({ job, definition, released, log: options.log, keep });
      return { kind: "done" };
    } catch (error) {
      if (isCode(error, "JOBS_RELEASED")) return { kind: "released", ...kept };
      const facts = { jobId: job.id, name: job.name, attempt: job.attempt, maxAttempts: job.maxAttempts, err: error };
      if (isFinal(error, definition) || job.attempt >= job.maxAttempts) {
        options.log.error(facts, "a job failed permanently");
        return { kind: "dead", error: textOf(error), ...kept };
      }
      options.log.warn(facts, "a job failed and will be retried");
      const delayMs = backoffDelay(definition?.backoff ?? {}, job.attempt, options.random);
      return { kind: "retry", delayMs, error: textOf(error), ...kept };
    }
  };
}

interface Attempt {
  readonly job: ClaimedJob;
  readonly definition: DefinedJob;
  readonly released: AbortSignal;
  readonly log: Logger;
  readonly keep: JobContext["keep"];
}

async function attempt({ job, definition, released, log, keep }: Attempt): Promise<void> {
  const { id, name, maxAttempts, timeoutMs } = job;
  const payload = await definition.read(JSON.parse(job.payload));
  if (!payload.ok) throw payloadInvalid({ name, problems: payload.problems });
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(jobTimedOut({ name, timeoutMs })), timeoutMs);
  const release = () => ending.abort(jobReleased({ name }));
  released.addEventListener("abort", release, { once: true });
  if (released.aborted) release();
  const context: JobContext = { id, name, attempt: job.attempt, maxAttempts, signal: ending.signal, log, keep };
  try {
    await Promise.race([payload.handle(context), rejectionOf(ending.signal)]);
  } catch (error) {
    // When the signal has fired, its reason says more than what the handler threw because of it.
    throw ending.signal.aborted ? ending.signal.reason : error;
  } finally {
    clearTimeout(timer);
    released.removeEventListener("abort", release);
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Whether retrying is pointless. */
function isFinal(error: unknown, definition: DefinedJob | undefined): boolean {
  if (isCode(error, "JOBS_PAYLOAD_INVALID") || isCode(error, "JOBS_GIVEN_UP")) return true;
  return definition?.isFinal(error) === true;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof KitError && error.code === code;
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : describeThrown(error);
  return text.slice(0, errorCharactersKept);
}

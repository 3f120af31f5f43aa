import type { Logger, StandardSchema } from "../base/index.ts";
import type { Backoff } from "./backoff.ts";
import { jobSettingInvalid } from "./errors.ts";
import { formatIssues } from "./format-issues.ts";

/** What a handler gets besides its payload. */
export interface JobContext {
  readonly id: string;
  readonly name: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Fires when time is up or the worker stops. Pass it to `fetch`, timers and the like. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /**
   * Replaces the job's payload once this attempt fails, so that the next one only does what is left. The payload must match the schema.
   * It is stored as JSON, together with the failure.
   */
  keep(payload: unknown): void;
}

export interface JobDefinition<Input, Output> {
  /** Any Standard Schema, for example from Zod. The payload is checked when the job is enqueued and again when it runs. */
  readonly schema: StandardSchema<Input, Output>;
  /** Does the work, and throws on failure. It may run more than once for a job, so it must be safe to repeat. */
  handler(payload: Output, context: JobContext): unknown;
  /** Letters, digits, `-` and `_`. Default: `default`. */
  readonly queue?: string;
  /** The maximum number of attempts. Default: 5. */
  readonly attempts?: number;
  readonly backoff?: Backoff;
  /** Whether retrying after this error is pointless, as if the handler had thrown `giveUp(…)`. */
  isFinal?(error: unknown): boolean;
  /** How long one attempt may take, in milliseconds. Default: 60,000. */
  readonly timeoutMs?: number;
  /** −1000 to 1000, higher runs first. Default: 0. */
  readonly priority?: number;
}

/** Returned by `jobs.define`. Enqueuing with it checks the type of the payload. */
export interface JobType<Input> {
  readonly name: string;
  readonly queue: string;
  /** Only for the compiler; never set. */
  readonly input?: Input;
}

/** A definition whose types are hidden in closures, so that different ones fit into one map. */
export interface DefinedJob {
  readonly name: string;
  readonly queue: string;
  readonly attempts: number;
  readonly backoff: Backoff;
  readonly timeoutMs: number;
  readonly priority: number;
  isFinal(error: unknown): boolean;
  read(payload: unknown): Promise<ReadPayload>;
}

export type ReadPayload =
  | { readonly ok: true; handle(context: JobContext): Promise<void> }
  | { readonly ok: false; readonly problems: string };

export function defineJob<Input, Output>(name: string, definition: JobDefinition<Input, Output>): DefinedJob {
  const { schema, queue = "default", attempts = 5, backoff = {}, timeoutMs = 60_000, priority = 0 } = definition;
  checkQueue(queue);
  checkWhole("attempts", attempts, 1, 1000);
  checkWhole("timeoutMs", timeoutMs, 1, 2 ** 31 - 1);
  checkPriority(priority);
  return {
    name,
    queue,
    attempts,
    backoff,
    timeoutMs,
    priority,
    isFinal: (error) => definition.isFinal?.(error) === true,
    async read(payload) {
      const result = await schema["~standard"].validate(payload);
      if (result.issues) return { ok: false, problems: formatIssues(result.issues) };
      return {
        ok: true,
        handle: async (context) => {
          await definition.handler(result.value, context);
        },
      };
    },
  };
}

/** Rejects a priority outside the range that both engines support. */
export function checkPriority(priority: number): void {
  checkWhole("priority", priority, -1000, 1000);
}

function checkQueue(queue: string): void {
  if (!/^[a-z0-9_-]{1,100}$/i.test(queue)) {
    throw jobSettingInvalid({ setting: "queue", value: queue, expected: 'letters, digits, "-" and "_", at most 100' });
  }
}

function checkWhole(setting: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw jobSettingInvalid({ setting, value, expected: `a whole number from ${least} to ${most}` });
}

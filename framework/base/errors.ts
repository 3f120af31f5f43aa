/** What a `KitError` reports: a mistake in code or a failure outside. Failures that users can cause are returned values instead. */
export interface KitErrorFacts {
  /** `ROOM_WHAT_HAPPENED`; stable across versions. */
  readonly code: string;
  /** What happened, with the offending value, and what was expected. Never contains secrets. */
  readonly message: string;
  /** What to try next. */
  readonly hint?: string;
  /** HTTP status of the response to a request that fails with this error. Default: 500. */
  readonly status?: number;
  /** The underlying error. */
  readonly cause?: unknown;
}

/** The only error class that the framework throws. `code` is stable; `message` and `hint` are for people and may change. */
export class KitError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly status: number;

  constructor(facts: KitErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "KitError";
    this.code = facts.code;
    this.hint = facts.hint;
    this.status = facts.status ?? 500;
  }
}

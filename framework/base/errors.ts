/** The facts of one failure: what a programmer or the world broke. What a user may cause is a returned value instead. */
export interface KitErrorFacts {
  /** `ROOM_WHAT_HAPPENED`; stable across versions. */
  readonly code: string;
  /** What happened, with the offending value, and what was expected. Never a secret. */
  readonly message: string;
  /** What to try next. */
  readonly hint?: string;
  /** HTTP status with which a request that fails this way is answered; 500 unless given. */
  readonly status?: number;
  /** The error underneath. */
  readonly cause?: unknown;
}

/** The one error class that the framework throws. `code` is stable; `message` and `hint` are for people. */
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

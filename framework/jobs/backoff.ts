/** How long to wait before a failed job is retried. */
export interface Backoff {
  /** The delay after the first failure, in milliseconds. Default: 2000. */
  readonly baseMs?: number;
  /** What each further failure multiplies it by. Default: 2. */
  readonly factor?: number;
  /** The longest delay, in milliseconds. Default: one hour. */
  readonly maxMs?: number;
  /** How much of the delay is random, 0 to 1, so that jobs that failed together aren't retried together. Default: 0.5. */
  readonly jitter?: number;
}

/** The delay after the given failed attempt (1, 2, …), in whole milliseconds. `random` is in [0, 1). */
export function backoffDelay(backoff: Backoff, attempt: number, random: () => number): number {
  const { baseMs = 2000, factor = 2, maxMs = 3_600_000, jitter = 0.5 } = backoff;
  const full = Math.min(maxMs, baseMs * factor ** (attempt - 1));
  return Math.round(full * (1 - jitter * random()));
}

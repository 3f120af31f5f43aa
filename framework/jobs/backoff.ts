/** How long to wait before a failed job is tried again. */
export interface Backoff {
  /** The wait after the first failure, in milliseconds; 2000 unless given. */
  readonly baseMs?: number;
  /** What each further failure multiplies it by; 2 unless given. */
  readonly factor?: number;
  /** The longest wait, in milliseconds; one hour unless given. */
  readonly maxMs?: number;
  /** The share of the wait that chance may take off, 0 to 1, so that jobs that failed together do not return together; 0.5 unless given. */
  readonly jitter?: number;
}

/** The wait in whole milliseconds after the given failed attempt (1, 2, …). `random` is in [0, 1). */
export function backoffDelay(backoff: Backoff, attempt: number, random: () => number): number {
  const { baseMs = 2000, factor = 2, maxMs = 3_600_000, jitter = 0.5 } = backoff;
  const full = Math.min(maxMs, baseMs * factor ** (attempt - 1));
  return Math.round(full * (1 - jitter * random()));
}

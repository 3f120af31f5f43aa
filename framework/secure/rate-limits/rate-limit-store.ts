/** One counter: how much was counted, and how long it still counts. */
export interface Counter {
  readonly points: number;
  readonly remainingMs: number;
}

/** Where the counters of rate limits live. Implementations are atomic: two requests at the same time count as two. */
export interface RateLimitStore {
  /** Adds points, which may be negative. A counter that is missing or has expired starts from 0 and lasts `durationMs`. */
  add(key: string, points: number, durationMs: number): Promise<Counter>;
  /** Replaces the counter, expired or not. */
  set(key: string, points: number, durationMs: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Deletes expired counters and returns how many; 0 if the store does so itself. */
  deleteExpired(): Promise<number>;
  close(): Promise<void>;
}

import type { RateLimiterAbstract, RateLimiterCompatibleAbstract } from "rate-limiter-flexible";

/** How often something may happen. */
export interface RateRule {
  /** What is limited, such as `login-account`; part of the stored key. */
  readonly name: string;
  /** How many times within one window. */
  readonly limit: number;
  /** Length of a window in milliseconds; it starts with the first time. */
  readonly windowMs: number;
  /** Makes each block twice as long as the one before, up to this many milliseconds; without it every block is one window. */
  readonly growToMs?: number;
}

export type RuleLimiter = RateLimiterAbstract | RateLimiterCompatibleAbstract;

/** Where the counters of rate limits live. Implementations are atomic: two requests at once count as two. */
export interface RateLimitStore {
  /** The limiter of rate-limiter-flexible for one rule. Durations are in seconds, as there. */
  limiterFor(rule: { readonly name: string; readonly limit: number; readonly windowMs: number }): RuleLimiter;
  /** Deletes counters that have run out. Returns how many; 0 where the store does it by itself. */
  deleteExpired(): Promise<number>;
  close(): Promise<void>;
}

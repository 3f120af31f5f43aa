import type { RateLimiterRes } from "rate-limiter-flexible";
import { LimiterResult, StoreLimiter } from "./limiter-classes.ts";

/** One counter: how often, and until when it counts (milliseconds since the epoch). */
export interface Counter {
  readonly points: number;
  readonly expiresAt: number;
}

/** The little that a limiter needs from whatever keeps its counters. */
export interface Counters {
  now(): number;
  /** Adds atomically, beginning anew when the counter has run out; `isReset` begins anew in any case. */
  add(key: string, points: number, durationMs: number, isReset: boolean): Promise<Counter>;
  get(key: string): Promise<Counter | null>;
  delete(key: string): Promise<boolean>;
}

/** Lets rate-limiter-flexible count in any store of ours, by the four methods that its own stores implement. */
export class CounterLimiter extends StoreLimiter {
  readonly #counters: Counters;

  constructor(counters: Counters, rule: { readonly name: string; readonly limit: number; readonly windowMs: number }) {
    super({ storeClient: counters, keyPrefix: rule.name, points: rule.limit, duration: rule.windowMs / 1000 });
    this.#counters = counters;
  }

  _upsert(key: string, points: number, durationMs: number, isReset = false): Promise<Counter> {
    return this.#counters.add(key, points, durationMs, isReset);
  }

  _get(key: string): Promise<Counter | null> {
    return this.#counters.get(key);
  }

  _delete(key: string): Promise<boolean> {
    return this.#counters.delete(key);
  }

  _getRateLimiterRes(_key: string, changedPoints: number, counter: Counter): RateLimiterRes {
    const remaining = Math.max(this.points - counter.points, 0);
    const untilNextMs = Math.max(counter.expiresAt - this.#counters.now(), 0);
    return new LimiterResult(remaining, untilNextMs, counter.points, counter.points === changedPoints);
  }
}

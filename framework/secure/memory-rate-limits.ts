import { type Clock, systemClock } from "../base/index.ts";
import { type Counter, CounterLimiter, type Counters } from "./counter-limiter.ts";
import type { RateLimitStore } from "./rate-limit-store.ts";

export interface MemoryRateLimitsOptions {
  readonly clock?: Clock;
  /** How many counters are kept; the one that was begun first goes when there are more. 100,000 unless given. */
  readonly maxKeys?: number;
}

/** Counters in this process: for one node, forgotten when it restarts. Their number is bounded, and there are no timers. */
export function createMemoryRateLimits(options: MemoryRateLimitsOptions = {}): RateLimitStore {
  const counters = new MemoryCounters(options.clock ?? systemClock, options.maxKeys ?? 100_000);
  return {
    limiterFor: (rule) => new CounterLimiter(counters, rule),
    deleteExpired: async () => counters.deleteExpired(),
    close: async () => counters.clear(),
  };
}

class MemoryCounters implements Counters {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #kept = new Map<string, Counter>();

  constructor(clock: Clock, maxKeys: number) {
    this.#clock = clock;
    this.#maxKeys = maxKeys;
  }

  now(): number {
    return this.#clock.now();
  }

  async add(key: string, points: number, durationMs: number, isReset: boolean): Promise<Counter> {
    const present = isReset ? null : this.#fresh(key);
    const counter = present
      ? { points: present.points + points, expiresAt: present.expiresAt }
      : { points, expiresAt: this.now() + durationMs };
    if (!present) this.#makeRoom(key);
    this.#kept.set(key, counter);
    return counter;
  }

  async get(key: string): Promise<Counter | null> {
    return this.#fresh(key);
  }

  async delete(key: string): Promise<boolean> {
    return this.#kept.delete(key);
  }

  deleteExpired(): number {
    const now = this.now();
    let deleted = 0;
    for (const [key, counter] of this.#kept) {
      if (counter.expiresAt > now) continue;
      this.#kept.delete(key);
      deleted++;
    }
    return deleted;
  }

  clear(): void {
    this.#kept.clear();
  }

  #fresh(key: string): Counter | null {
    const counter = this.#kept.get(key);
    return counter && counter.expiresAt > this.now() ? counter : null;
  }

  /** A counter that begins anew moves to the end, so that the first in the map is the one begun first. */
  #makeRoom(key: string): void {
    this.#kept.delete(key);
    if (this.#kept.size < this.#maxKeys) return;
    if (this.deleteExpired() > 0) return;
    const oldest = this.#kept.keys().next();
    if (!oldest.done) this.#kept.delete(oldest.value);
  }
}

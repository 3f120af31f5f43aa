import { type Clock, systemClock } from "../../base/index.ts";
import type { Counter, RateLimitStore } from "./rate-limit-store.ts";

export interface MemoryRateLimitsOptions {
  readonly clock?: Clock;
  /** How many counters are kept; the oldest is dropped when there are more. Default: 100,000. */
  readonly maxKeys?: number;
}

/** Counters in this process: for one node, lost on restart. Their number is bounded, and there are no timers. */
export function createMemoryRateLimits(options: MemoryRateLimitsOptions = {}): RateLimitStore {
  return new MemoryRateLimits(options.clock ?? systemClock, options.maxKeys ?? 100_000);
}

interface Entry {
  readonly points: number;
  readonly expiresAt: number;
}

class MemoryRateLimits implements RateLimitStore {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock, maxKeys: number) {
    this.#clock = clock;
    this.#maxKeys = maxKeys;
  }

  async add(key: string, points: number, durationMs: number): Promise<Counter> {
    const now = this.#clock.now();
    const entry = this.#entries.get(key);
    if (!entry || entry.expiresAt <= now) {
      this.#start(key, { points, expiresAt: now + durationMs });
      return { points, remainingMs: durationMs };
    }
    const added = { points: entry.points + points, expiresAt: entry.expiresAt };
    this.#entries.set(key, added);
    return { points: added.points, remainingMs: added.expiresAt - now };
  }

  async set(key: string, points: number, durationMs: number): Promise<void> {
    this.#start(key, { points, expiresAt: this.#clock.now() + durationMs });
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  async deleteExpired(): Promise<number> {
    return this.#deleteExpired();
  }

  async close(): Promise<void> {}

  /** Puts the entry at the end of the map, so that the first one is always the oldest. */
  #start(key: string, entry: Entry): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.#maxKeys && this.#deleteExpired() === 0) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    this.#entries.set(key, entry);
  }

  #deleteExpired(): number {
    const now = this.#clock.now();
    let deleted = 0;
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAt > now) continue;
      this.#entries.delete(key);
      deleted++;
    }
    return deleted;
  }
}

import { unreachableCounters } from "../errors.ts";
import type { RateLimitStore } from "./rate-limit-store.ts";

/** How often something may happen. */
export interface RateRule {
  /** What is limited, such as `login-account`; part of the stored key. */
  readonly name: string;
  /** How many times within one window. */
  readonly limit: number;
  /** Length of a window in milliseconds; it starts with the first attempt. */
  readonly windowMs: number;
  /** Makes each block twice as long as the previous one, up to this many milliseconds; without it every block is one window. */
  readonly growToMs?: number;
}

/** Whether one more attempt is within the limit. `isFirst` is true for the attempt that a block starts with. */
export type RateVerdict =
  | { readonly ok: true; readonly remaining: number }
  | { readonly ok: false; readonly retryAfterMs: number; readonly isFirst: boolean };

/** Counts attempts in fixed windows. Fails closed: when the counters can't be reached, `consume` throws (503). */
export interface RateLimiter {
  /** Counts one attempt for this key, and says whether it was within the limit. */
  consume(rule: RateRule, key: string): Promise<RateVerdict>;
  /** Takes one attempt back, for one that turned out to be legitimate. */
  refund(rule: RateRule, key: string): Promise<void>;
  /** Uses up the limit for this key, for one window from now. */
  exhaust(rule: RateRule, key: string): Promise<void>;
  /** Resets the count for this key. */
  forget(rule: RateRule, key: string): Promise<void>;
  /** Deletes expired counters; for a periodic job. */
  deleteExpired(): Promise<number>;
  close(): Promise<void>;
}

const strikeMemoryMs = 24 * 60 * 60 * 1000;

/** Counts in the given store, which it closes. With `growToMs`, each further block of the same key within a day lasts longer. */
export function createRateLimiter(options: { readonly store: RateLimitStore }): RateLimiter {
  const { store } = options;

  async function consume(rule: RateRule, key: string): Promise<RateVerdict> {
    const { points, remainingMs } = await store.add(`${rule.name}:${key}`, 1, rule.windowMs);
    if (points <= rule.limit) return { ok: true, remaining: rule.limit - points };
    const isFirst = points === rule.limit + 1;
    const blockMs = isFirst && rule.growToMs ? await block(rule, key, rule.growToMs) : undefined;
    return { ok: false, retryAfterMs: Math.max(blockMs ?? remainingMs, 1), isFirst };
  }

  /** Extends the current window from the second strike on. */
  async function block(rule: RateRule, key: string, growToMs: number): Promise<number | undefined> {
    const strikes = await store.add(`${rule.name}-strikes:${key}`, 1, strikeMemoryMs);
    if (strikes.points <= 1) return undefined;
    const blockMs = Math.min(rule.windowMs * 2 ** (strikes.points - 1), growToMs);
    await store.set(`${rule.name}:${key}`, rule.limit + 1, blockMs);
    return blockMs;
  }

  return {
    consume: (rule, key) => reach(rule, () => consume(rule, key)),
    refund: (rule, key) => reach(rule, async () => void (await store.add(`${rule.name}:${key}`, -1, rule.windowMs))),
    exhaust: (rule, key) => reach(rule, () => store.set(`${rule.name}:${key}`, rule.limit, rule.windowMs)),
    forget: (rule, key) => reach(rule, () => store.delete(`${rule.name}:${key}`)),
    deleteExpired: () => store.deleteExpired(),
    close: () => store.close(),
  };
}

async function reach<T>(rule: RateRule, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw unreachableCounters({ rule: rule.name, cause });
  }
}

import type { RateLimiterRes } from "rate-limiter-flexible";
import { unreachableCounters } from "./errors.ts";
import { LimiterResult } from "./limiter-classes.ts";
import type { RateLimitStore, RateRule, RuleLimiter } from "./rate-limit-store.ts";

/** Whether one more time is within the limit. */
export type RateVerdict =
  | { readonly ok: true; readonly remaining: number }
  | { readonly ok: false; readonly retryAfterMs: number };

/** Counts what may be repeated only so often. Fails closed: when the counters cannot be reached, `consume` throws (503). */
export interface RateLimiter {
  /** Counts one time more for this key, and says whether it was within the limit. */
  consume(rule: RateRule, key: string): Promise<RateVerdict>;
  /** Takes one time back: for what turned out to be legitimate. */
  refund(rule: RateRule, key: string): Promise<void>;
  /** Forgets what was counted for this key. */
  forget(rule: RateRule, key: string): Promise<void>;
  /** Deletes counters that have run out; for a periodic job. */
  deleteExpired(): Promise<number>;
  close(): Promise<void>;
}

const strikeMemoryMs = 24 * 60 * 60 * 1000;

/** Counts by fixed windows in the store given; with `growToMs` each further block of the same key within a day lasts longer. */
export function createRateLimiter(options: { readonly store: RateLimitStore }): RateLimiter {
  const { store } = options;
  const limiters = new Map<string, RuleLimiter>();

  function limiterOf(rule: { readonly name: string; readonly limit: number; readonly windowMs: number }): RuleLimiter {
    const id = `${rule.name} ${rule.limit} ${rule.windowMs}`;
    const known = limiters.get(id);
    if (known) return known;
    const made = store.limiterFor(rule);
    limiters.set(id, made);
    return made;
  }

  const strikesOf = (rule: RateRule) =>
    limiterOf({ name: `${rule.name}-strikes`, limit: Number.MAX_SAFE_INTEGER, windowMs: strikeMemoryMs });

  async function block(rule: RateRule, key: string, untilNextMs: number, growToMs: number): Promise<number> {
    const strikes = (await strikesOf(rule).penalty(key, 1)).consumedPoints;
    if (strikes <= 1) return untilNextMs;
    const blockMs = Math.min(rule.windowMs * 2 ** Math.min(strikes - 1, 30), growToMs);
    await limiterOf(rule).block(key, blockMs / 1000);
    return blockMs;
  }

  return {
    consume: (rule, key) =>
      reach(rule, async () => {
        const result = await consumeOnce(limiterOf(rule), key);
        if (result.consumedPoints <= rule.limit) return { ok: true, remaining: result.remainingPoints };
        const isFirst = result.consumedPoints === rule.limit + 1;
        const growToMs = isFirst ? rule.growToMs : undefined;
        const retryAfterMs = growToMs ? await block(rule, key, result.msBeforeNext, growToMs) : result.msBeforeNext;
        return { ok: false, retryAfterMs: Math.max(retryAfterMs, 1) };
      }),
    refund: (rule, key) => reach(rule, async () => void (await limiterOf(rule).reward(key, 1))),
    forget: (rule, key) => reach(rule, async () => void (await limiterOf(rule).delete(key))),
    deleteExpired: () => store.deleteExpired(),
    close: () => store.close(),
  };
}

/** rate-limiter-flexible rejects with its result when the limit is passed, and with an error when the store failed. */
async function consumeOnce(limiter: RuleLimiter, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key, 1);
  } catch (rejection) {
    if (rejection instanceof LimiterResult) return rejection;
    throw rejection;
  }
}

async function reach<T>(rule: RateRule, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    throw unreachableCounters({ rule: rule.name, cause });
  }
}

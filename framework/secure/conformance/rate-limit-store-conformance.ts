import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  type ConformanceCheck,
  type ConformanceRule,
  type ConformanceSubject,
  createChecks,
  createId,
  type OpenSubject,
} from "../../base/index.ts";
import type { RateLimitStore } from "../rate-limits/rate-limit-store.ts";
import { createRateLimiter, type RateVerdict } from "../rate-limits/rate-limiter.ts";

const minute = 60_000;

/** A store of counters under test. */
export interface RateLimitStoreSubject extends ConformanceSubject {
  readonly store: RateLimitStore;
  /** Makes all counters older. */
  advanceClock(byMs: number): void | Promise<void>;
}

/** What every `RateLimitStore` must do, as checks of the one that `open` returns. Each opens it again. */
export function rateLimitStoreChecks(open: OpenSubject<RateLimitStoreSubject>): readonly ConformanceCheck[] {
  return createChecks(open, rules);
}

const rules: readonly ConformanceRule<RateLimitStoreSubject>[] = [
  {
    name: "counts each of many attempts at the same time",
    async test({ store }) {
      const limiter = createRateLimiter({ store });
      const rule = { name: `burst-${createId()}`, limit: 5, windowMs: minute };
      const verdicts = await Promise.all(Array.from({ length: 12 }, () => limiter.consume(rule, "a")));
      strictEqual(verdicts.filter((verdict) => verdict.ok).length, 5);
    },
  },
  {
    name: "keeps keys and rules apart",
    async test({ store }) {
      const limiter = createRateLimiter({ store });
      const rule = { name: `apart-${createId()}`, limit: 1, windowMs: minute };
      await limiter.consume(rule, "a");
      strictEqual((await limiter.consume(rule, "b")).ok, true);
      strictEqual((await limiter.consume({ ...rule, name: `${rule.name}-other` }, "a")).ok, true);
      strictEqual((await limiter.consume(rule, "a")).ok, false);
    },
  },
  {
    name: "says how long to wait",
    async test({ store }) {
      const limiter = createRateLimiter({ store });
      const rule = { name: `wait-${createId()}`, limit: 1, windowMs: minute };
      await limiter.consume(rule, "a");
      const waitMs = waitOf(await limiter.consume(rule, "a"));
      ok(waitMs > minute - 5000 && waitMs <= minute, `expected about a minute, got ${waitMs} ms`);
    },
  },
  {
    name: "uses up a limit for longer than the window that runs",
    async test({ store }) {
      const limiter = createRateLimiter({ store });
      const rule = { name: `exhaust-${createId()}`, limit: 2, windowMs: minute };
      await limiter.consume(rule, "a");
      await limiter.exhaust({ ...rule, windowMs: 60 * minute }, "a");
      const waitMs = waitOf(await limiter.consume(rule, "a"));
      ok(waitMs > 59 * minute, `expected about an hour, got ${waitMs} ms`);
    },
  },
  {
    name: "refunds an attempt, and forgets all of them",
    async test({ store }) {
      const limiter = createRateLimiter({ store });
      const rule = { name: `back-${createId()}`, limit: 1, windowMs: minute };
      await limiter.consume(rule, "a");
      await limiter.refund(rule, "a");
      strictEqual((await limiter.consume(rule, "a")).ok, true);
      await limiter.forget(rule, "a");
      strictEqual((await limiter.consume(rule, "a")).ok, true);
    },
  },
  {
    name: "counts, replaces and deletes a counter, which lasts as long as it was started for",
    async test({ store, advanceClock }) {
      const key = `counter-${createId()}`;
      strictEqual((await store.add(key, 2, minute)).points, 2);
      await advanceClock(minute / 2);
      const added = await store.add(key, 3, 10 * minute);
      strictEqual(added.points, 5);
      isAbout(added.remainingMs, minute / 2);
      await store.set(key, 7, 10 * minute);
      const replaced = await store.add(key, 0, minute);
      strictEqual(replaced.points, 7);
      isAbout(replaced.remainingMs, 10 * minute);
      await store.delete(key);
      strictEqual((await store.add(key, -1, minute)).points, -1);
      await advanceClock(minute);
      const again = await store.add(key, 1, minute);
      strictEqual(again.points, 1);
      isAbout(again.remainingMs, minute);
    },
  },
  {
    name: "deletes expired counters alone, or leaves none to delete",
    async test({ store, advanceClock }) {
      const [expired, valid] = [`expired-${createId()}`, `valid-${createId()}`];
      // Those of other checks.
      await advanceClock(48 * 60 * minute);
      await store.deleteExpired();
      await store.add(expired, 4, minute);
      await store.add(valid, 4, 2 * minute);
      await advanceClock(minute);
      const deleted = await store.deleteExpired();
      ok(deleted <= 1, `expected one or none, got ${deleted}`);
      strictEqual(await store.deleteExpired(), 0);
      strictEqual((await store.add(valid, 0, minute)).points, 4);
      strictEqual((await store.add(expired, 0, minute)).points, 0);
    },
  },
  {
    name: "allows attempts again after the window, and blocks longer each time",
    async test({ store, advanceClock }) {
      const limiter = createRateLimiter({ store });
      const rule = { name: `grow-${createId()}`, limit: 1, windowMs: minute, growToMs: 3 * minute };
      const waits: number[] = [];
      for (let round = 0; round < 3; round++) {
        await limiter.consume(rule, "a");
        const waitMs = waitOf(await limiter.consume(rule, "a"));
        waits.push(Math.ceil(waitMs / 1000));
        await advanceClock(waitMs);
      }
      deepStrictEqual(waits, [60, 120, 180]);
      strictEqual((await limiter.consume(rule, "a")).ok, true);
    },
  },
];

/** Time goes on while a test runs, except where the store has a clock of the test. */
function isAbout(remainingMs: number, expectedMs: number): void {
  ok(
    remainingMs <= expectedMs && remainingMs > expectedMs - 15_000,
    `expected about ${expectedMs}, got ${remainingMs}`,
  );
}

function waitOf(verdict: RateVerdict): number {
  return verdict.ok ? 0 : verdict.retryAfterMs;
}

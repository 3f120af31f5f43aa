import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createId } from "../../base/index.ts";
import type { RateLimitStore } from "../rate-limits/rate-limit-store.ts";
import { createRateLimiter } from "../rate-limits/rate-limiter.ts";

const minute = 60_000;

export interface RateLimitStoreHarness {
  readonly store: RateLimitStore;
  /** Makes all counters older. */
  readonly advanceClock: (byMs: number) => void | Promise<void>;
  readonly cleanUp?: () => Promise<void>;
}

/** What the rate limiter does on every store. Skipped where `open` is null because the server isn't running. */
export function describeRateLimitStore(name: string, open: (() => Promise<RateLimitStoreHarness>) | null): void {
  describe.skipIf(open === null)(`createRateLimiter on ${name}`, () => {
    let subject: RateLimitStoreHarness;
    beforeAll(async () => {
      if (open) subject = await open();
    });
    afterAll(async () => {
      await subject?.store.close();
      await subject?.cleanUp?.();
    });

    it("counts each of many attempts at the same time", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `burst-${createId()}`, limit: 5, windowMs: minute };

      const verdicts = await Promise.all(Array.from({ length: 12 }, () => limiter.consume(rule, "a")));

      expect(verdicts.filter((verdict) => verdict.ok)).toHaveLength(5);
    });

    it("keeps keys and rules apart", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `apart-${createId()}`, limit: 1, windowMs: minute };

      await limiter.consume(rule, "a");

      expect((await limiter.consume(rule, "b")).ok).toBe(true);
      expect((await limiter.consume({ ...rule, name: `${rule.name}-other` }, "a")).ok).toBe(true);
      expect((await limiter.consume(rule, "a")).ok).toBe(false);
    });

    it("says how long to wait", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `wait-${createId()}`, limit: 1, windowMs: minute };

      await limiter.consume(rule, "a");
      const verdict = await limiter.consume(rule, "a");

      expect(verdict).toMatchObject({ ok: false });
      expect(verdict.ok ? 0 : verdict.retryAfterMs).toBeGreaterThan(minute - 5000);
      expect(verdict.ok ? 0 : verdict.retryAfterMs).toBeLessThanOrEqual(minute);
    });

    it("refunds an attempt, and forgets all of them", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `back-${createId()}`, limit: 1, windowMs: minute };

      await limiter.consume(rule, "a");
      await limiter.refund(rule, "a");
      const refunded = await limiter.consume(rule, "a");
      await limiter.forget(rule, "a");
      const forgotten = await limiter.consume(rule, "a");

      expect([refunded.ok, forgotten.ok]).toEqual([true, true]);
    });

    it("allows attempts again after the window, and blocks longer each time", async () => {
      const limiter = createRateLimiter(subject);
      const rule = { name: `grow-${createId()}`, limit: 1, windowMs: minute, growToMs: 3 * minute };
      const fail = async () => {
        await limiter.consume(rule, "a");
        const verdict = await limiter.consume(rule, "a");
        return verdict.ok ? 0 : verdict.retryAfterMs;
      };

      const waits: number[] = [];
      for (let round = 0; round < 3; round++) {
        const wait = await fail();
        waits.push(wait);
        await subject.advanceClock(wait);
      }

      expect(waits.map((wait) => Math.ceil(wait / 1000))).toEqual([60, 120, 180]);
      expect((await limiter.consume(rule, "a")).ok).toBe(true);
    });
  });
}

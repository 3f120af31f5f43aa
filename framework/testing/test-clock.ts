import type { Clock } from "../base/index.ts";

export interface TestClock extends Clock {
  /** Moves the clock forward, or back with a negative number. */
  advance(milliseconds: number): void;
}

/** A clock that stands still until you advance it. Default start: January 1, 2026, noon UTC. */
export function createTestClock(startMs = Date.UTC(2026, 0, 1, 12)): TestClock {
  let now = startMs;
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

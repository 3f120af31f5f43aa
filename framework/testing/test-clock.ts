import type { Clock } from "../base/index.ts";

export interface TestClock extends Clock {
  /** Goes forward, or back with a negative number. */
  turn(milliseconds: number): void;
}

/** A clock that stands still until it is turned; at noon of the first of January 2026, UTC, unless told otherwise. */
export function createTestClock(startMs = Date.UTC(2026, 0, 1, 12)): TestClock {
  let now = startMs;
  return {
    now: () => now,
    turn(milliseconds) {
      now += milliseconds;
    },
  };
}

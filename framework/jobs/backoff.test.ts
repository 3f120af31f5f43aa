import { describe, expect, it } from "vitest";
import { backoffDelay } from "./backoff.ts";

describe("backoffDelay", () => {
  const never = () => 0;

  it("multiplies the delay with each failure", () => {
    const waits = [1, 2, 3, 4].map((attempt) => backoffDelay({ baseMs: 100, factor: 3 }, attempt, never));

    expect(waits).toEqual([100, 300, 900, 2700]);
  });

  it("never exceeds the maximum, no matter how many failures there were", () => {
    expect(backoffDelay({ baseMs: 100, maxMs: 5000 }, 900, never)).toBe(5000);
  });

  it("subtracts a random part, up to the jitter", () => {
    expect(backoffDelay({ baseMs: 1000, jitter: 0.5 }, 1, () => 0.5)).toBe(750);
    expect(backoffDelay({ baseMs: 1000, jitter: 0 }, 1, () => 0.999)).toBe(1000);
  });
});

import { describe, expect, it } from "vitest";
import { Deadline, divideGrace, endsWithin } from "./deadline.ts";

const never = new Promise<never>(() => undefined);

describe("endsWithin", () => {
  it("is true for work that ends in time", async () => {
    expect(await endsWithin(10_000, Promise.resolve())).toBe(true);
  });

  it("is false for work that never ends", async () => {
    expect(await endsWithin(5, never)).toBe(false);
  });

  it("rejects as the work does", async () => {
    await expect(endsWithin(10_000, Promise.reject(new RangeError("stuck")))).rejects.toThrow("stuck");
  });
});

describe("Deadline", () => {
  it("has nothing left once it has passed", async () => {
    const deadline = new Deadline(5);

    // Timers may fire up to a millisecond early.
    expect(await deadline.allows(never)).toBe(false);

    expect(deadline.leftMs).toBeLessThan(1);
  });
});

describe("divideGrace", () => {
  it("leaves requests and jobs all but the last seconds", () => {
    expect(divideGrace(30_000)).toEqual({ totalMs: 29_500, workMs: 25_000 });
    expect(divideGrace(10_000)).toEqual({ totalMs: 9_500, workMs: 7_500 });
  });

  it("always has almost two seconds for closing", () => {
    expect(divideGrace(3_000)).toEqual({ totalMs: 2_850, workMs: 1_000 });
    expect(divideGrace(0)).toEqual({ totalMs: 2_000, workMs: 0 });
  });
});

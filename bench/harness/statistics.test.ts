import { describe, expect, it } from "vitest";
import { median, medianRatio } from "./statistics.ts";

describe("median", () => {
  it("is the middle of an odd number of values", () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it("is the mean of the two middle ones of an even number", () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it("is no number where there are no values", () => {
    expect(median([])).toBeNaN();
  });
});

describe("medianRatio", () => {
  it("compares within a slice, so that a slow slice changes nothing", () => {
    expect(medianRatio([200, 20, 220], [100, 10, 110])).toBe(2);
  });

  it("leaves out slices that only one side has", () => {
    expect(medianRatio([2, 4, 1000], [1, 2])).toBe(2);
  });
});

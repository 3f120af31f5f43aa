import { describe, expect, it } from "vitest";
import { median, medianRatio } from "./statistics.ts";

describe("median", () => {
  it("returns the middle one of an odd number of values", () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it("returns the mean of the two middle ones of an even number", () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it("returns NaN without values", () => {
    expect(median([])).toBeNaN();
  });
});

describe("medianRatio", () => {
  it("compares within each slice, so that a slow slice has no effect", () => {
    expect(medianRatio([200, 20, 220], [100, 10, 110])).toBe(2);
  });

  it("ignores slices that only one side has", () => {
    expect(medianRatio([2, 4, 1000], [1, 2])).toBe(2);
  });
});

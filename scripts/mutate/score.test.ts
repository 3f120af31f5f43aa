import { describe, expect, it } from "vitest";
import { formatScore, scoreOf } from "./score.ts";

describe("scoreOf", () => {
  it("gives a narrower interval for a larger sample", () => {
    const small = scoreOf(54, 60);
    const large = scoreOf(540, 600);

    expect(formatScore(small)).toBe("54 of 60, 90 % (95 %: 80 % to 95 %)");
    expect(formatScore(large)).toBe("540 of 600, 90 % (95 %: 87 % to 92 %)");
  });

  it("promises nothing without a sample", () => {
    expect(scoreOf(0, 0)).toMatchObject({ low: 0, high: 1 });
  });
});

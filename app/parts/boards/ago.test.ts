import { describe, expect, it } from "vitest";
import { formatAgo } from "./ago.tsx";

const minuteMs = 60_000;

describe("formatAgo", () => {
  it('says "just now" within the first minute', () => {
    expect(formatAgo(minuteMs - 1)).toBe("just now");
  });

  it('says "just now" when the clock is behind', () => {
    expect(formatAgo(-minuteMs)).toBe("just now");
  });

  it("counts whole minutes, hours and days", () => {
    expect(formatAgo(2.9 * minuteMs)).toBe("2 min ago");
    expect(formatAgo(60 * minuteMs)).toBe("1 h ago");
    expect(formatAgo(49 * 60 * minuteMs)).toBe("2 d ago");
  });

  it("returns null after two weeks, so that the date is shown", () => {
    expect(formatAgo(15 * 24 * 60 * minuteMs)).toBeNull();
  });
});

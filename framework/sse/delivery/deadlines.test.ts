import { describe, expect, it } from "vitest";
import { Deadlines } from "./deadlines.ts";

const endingAt = (expiresAt: number) => ({ facts: { expiresAt } });

describe("Deadlines", () => {
  it("tells which streams are over, never early, and at most a quarter of a second late", () => {
    const deadlines = new Deadlines();
    const [first, second, later] = [endingAt(1_000), endingAt(1_001), endingAt(1_251)];
    for (const stream of [first, second, later]) deadlines.add(stream);

    const due = [999, 1_000, 1_249, 1_250, 1_499, 1_500].map((now) => deadlines.due(now).length);

    expect(due).toEqual([0, 1, 1, 2, 2, 3]);
    expect(deadlines.due(1_250)).toEqual([first, second]);
  });

  it("tells again until a stream is deleted", () => {
    const deadlines = new Deadlines();
    const [one, other] = [endingAt(1_000), endingAt(1_000)];
    deadlines.add(one);
    deadlines.add(other);

    const before = deadlines.due(2_000);
    deadlines.delete(one);
    deadlines.delete(one);
    const between = deadlines.due(2_000);
    deadlines.delete(other);

    expect([before, between, deadlines.due(2_000)]).toEqual([[one, other], [other], []]);
  });

  it("never tells of a stream without an end, and forgets one that it never knew", () => {
    const deadlines = new Deadlines();
    const endless = endingAt(Number.POSITIVE_INFINITY);
    deadlines.add(endless);

    deadlines.delete(endless);
    deadlines.delete(endingAt(1_000));

    expect(deadlines.due(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });
});

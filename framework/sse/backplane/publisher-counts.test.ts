import { describe, expect, it } from "vitest";
import { PublisherCounts } from "./publisher-counts.ts";

describe("PublisherCounts", () => {
  it("takes each number once, and none below one that came", () => {
    const counts = new PublisherCounts();

    expect([1, 1, 2, 4, 3, 5].map((count) => counts.isNew("a", count))).toEqual([
      ...[true, false, true, true, false, true],
    ]);
    expect([counts.isNew("b", 1), counts.isNew("b", 0)]).toEqual([true, false]);
  });

  it("takes everything from a publisher without a name", () => {
    const counts = new PublisherCounts();

    expect([counts.isNew("", 0), counts.isNew("", 0)]).toEqual([true, true]);
    expect(counts.skipped("", 9)).toBeNull();
  });

  it("notices a number that was left out, of a publisher that it knows", () => {
    const counts = new PublisherCounts();
    const unknown = counts.skipped("a", 7);
    counts.isNew("a", 7);

    expect([unknown, counts.skipped("a", 8), counts.skipped("a", 10)]).toEqual([null, null, { from: 8, until: 10 }]);
  });

  it("expects the gap that is known, once", () => {
    const counts = new PublisherCounts();
    counts.isNew("a", 1);

    counts.allowJumps();
    const afterGap = counts.skipped("a", 9);
    const seenBefore = counts.isNew("a", 1);
    counts.isNew("a", 9);

    expect([afterGap, seenBefore, counts.skipped("a", 11)]).toEqual([null, false, { from: 10, until: 11 }]);
  });

  it("remembers the thousand that published last", () => {
    const counts = new PublisherCounts();
    counts.isNew("old", 5);
    counts.isNew("kept", 5);
    for (let n = 0; n < 998; n += 1) counts.isNew(`p${n}`, 1);
    counts.isNew("kept", 6);
    const before = counts.isNew("old", 5);

    counts.isNew("one more", 1);

    expect([before, counts.isNew("old", 5), counts.isNew("kept", 6)]).toEqual([false, true, false]);
  });
});

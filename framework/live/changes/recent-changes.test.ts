import { describe, expect, it } from "vitest";
import { RecentChanges } from "./recent-changes.ts";

const at = (sequence: number) => ({ epoch: 1, sequence });
const items = [{ table: "items", where: {} }];

describe("RecentChanges", () => {
  it("finds the newest change to what was read", () => {
    const recent = new RecentChanges();
    recent.add(at(1), [{ table: "items", only: {} }]);
    recent.add(at(2), [{ table: "lists", only: {} }]);

    expect(recent.newest(items)).toEqual(at(1));
    expect(recent.newest([{ table: "notes", where: {} }])).toEqual({ epoch: 0, sequence: 0 });
  });

  it("knows whether there was a change after a place", () => {
    const recent = new RecentChanges();
    recent.add(at(1), [{ table: "items", only: {} }]);
    recent.add(at(2), [{ table: "lists", only: {} }]);

    expect([recent.hasSince(items, at(0)), recent.hasSince(items, at(1)), recent.hasSince(items, at(2))]).toEqual([
      true,
      false,
      false,
    ]);
    recent.reset(at(5));
    expect([recent.hasSince(items, at(4)), recent.hasSince(items, at(5))]).toEqual([true, false]);
  });

  it("counts what it has forgotten or may have missed as a change", () => {
    const recent = new RecentChanges();
    for (let sequence = 1; sequence <= 4097; sequence += 1) recent.add(at(sequence), [{ table: "lists", only: {} }]);
    expect(recent.newest(items)).toEqual(at(1024));

    recent.reset(at(5000));

    expect(recent.newest(items)).toEqual(at(5000));
  });
});

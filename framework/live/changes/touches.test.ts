import { describe, expect, it } from "vitest";
import { changesEverything, changesStructure, readsEverything } from "./change.ts";
import { mergeChanges, touches } from "./touches.ts";

const change = (list: string) => ({ table: "items", only: { list: [list] } });

describe("touches", () => {
  it("is false only if a column proves it", () => {
    const read = { table: "items", where: { list: ["1", "2"] } };

    expect(touches(read, change("2"))).toBe(true);
    expect(touches(read, change("3"))).toBe(false);
    expect(touches(read, { table: "items", only: { title: ["3"] } })).toBe(true);
    expect(touches(read, { table: "lists", only: {} })).toBe(false);
    expect(touches(read, changesEverything)).toBe(true);
    expect(touches(readsEverything, change("3"))).toBe(true);
  });

  it("is false for an update that sets only columns that nobody reads", () => {
    const read = { table: "items", where: { list: ["1"] }, columns: ["list", "title"] };

    expect(touches(read, { ...change("1"), set: ["rank"] })).toBe(false);
    expect(touches(read, { ...change("1"), set: ["rank", "title"] })).toBe(true);
    expect(touches(read, change("1"))).toBe(true);
    expect(touches({ table: "items", where: {} }, { ...change("1"), set: ["rank"] })).toBe(true);
  });

  it("takes columns with names of JavaScript for unknown", () => {
    expect(touches({ table: "cars", where: { constructor: ["1"] } }, { table: "cars", only: {} })).toBe(true);
  });
});

describe("mergeChanges", () => {
  it("leaves out what is said twice, and sums up what is too much", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => change(String(index)));

    expect(mergeChanges([change("1"), change("2"), change("1")])).toEqual([change("1"), change("2")]);
    // One says less than the other.
    const two = [change("1"), { ...change("1"), set: ["rank"] }];
    expect(mergeChanges(two)).toEqual(two);
    expect(mergeChanges([{ table: "items", only: {}, set: ["rank"] }, change("1")])).toHaveLength(2);
    expect(mergeChanges(many)).toEqual([{ table: "items", only: {} }]);
    expect(mergeChanges([change("1"), { table: "items", only: {} }])).toEqual([{ table: "items", only: {} }]);
    expect(mergeChanges([change("1"), changesEverything])).toEqual([changesEverything]);
    expect(mergeChanges([changesEverything, changesStructure, change("1")])).toEqual([changesStructure]);
  });
});

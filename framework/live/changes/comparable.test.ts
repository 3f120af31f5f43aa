import { describe, expect, it } from "vitest";
import { comparable } from "./comparable.ts";

describe("comparable", () => {
  it.each([
    ["texts that differ in case, spaces and punctuation", "text", ["Ann-1", "ann1 ", "ANN 1"]],
    ["whole numbers and how they are written", "integer", [7, 7n, "7", " +07 "]],
    ["zeros", "integer", [0, -0, "0", "-0", false]],
    ["truths where there are only numbers", "integer", [1, true, "1"]],
    ["numbers that MySQL takes for the same", "integer", ["9007199254740992", "9007199254740993", 2 ** 53]],
  ] as const)("makes %s equal", (_, kind, values) => {
    const [first, ...others] = (values as readonly unknown[]).map((value) => comparable(value, kind));

    expect(first).toBeDefined();
    for (const other of others) expect(other).toBe(first);
  });

  it("tells values apart that are never equal", () => {
    expect(comparable("ann", "text")).not.toBe(comparable("bob", "text"));
    expect(comparable(7, "integer")).not.toBe(comparable(8, "integer"));
    expect(comparable(true, "boolean")).not.toBe(comparable(false, "boolean"));
  });

  it.each([
    ["numbers in a column of texts, which MySQL compares as numbers", 7, "text"],
    ["letters that are two letters in some languages", "Bär", "text"],
    ["texts that are a number to MySQL", "7abc", "integer"],
    ["fractions, which MySQL rounds", 7.4, "integer"],
    ["a zero for which a key gets its next number", 0, "key"],
    ["texts that PostgreSQL reads as a boolean", "yes", "boolean"],
    ["nothing", null, "text"],
    ["a date", new Date(0), "text"],
    ["a text too long to tell others", "x".repeat(201), "text"],
    ["values of a column of another type", "2026-01-01", undefined],
  ] as const)("doesn't know %s", (_, value, kind) => {
    expect(comparable(value, kind)).toBeUndefined();
  });
});

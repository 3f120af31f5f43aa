import { describe, expect, it } from "vitest";
import { applyChange } from "./apply-change.ts";

const text = "one\n  two\n\nthree\n";

describe("a change in a guide", () => {
  it("replaces the lines marked with a minus by those marked with a plus", () => {
    expect(applyChange(text, " one\n-  two\n+  2\n+  zwei\n \n")).toBe("one\n  2\n  zwei\n\nthree\n");
  });

  it("is refused when its lines are not in the file", () => {
    expect(() => applyChange(text, "-two\n+2\n")).toThrow("0 times instead of once:\ntwo");
  });

  it("is refused when its lines are in the file twice", () => {
    expect(() => applyChange("a\nb\na\n", " a\n+c\n")).toThrow("2 times");
  });
});

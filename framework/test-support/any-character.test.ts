import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCharacter } from "./any-character.ts";

describe("anyCharacter", () => {
  it("is one character that survives UTF-8", () => {
    fc.assert(
      fc.property(anyCharacter, (text) => [...text].length === 1 && Buffer.from(text).toString() === text),
      { examples: [["\ud7ff"], ["\ue000"], ["\u{10ffff}"]] },
    );
  });

  it("lets fast-check mix dangerous words into strings", () => {
    const words = fc.sample(fc.string({ unit: anyCharacter }), { numRuns: 5000, seed: 1 });

    expect(words.some((word) => word.includes("__proto__"))).toBe(true);
  });
});

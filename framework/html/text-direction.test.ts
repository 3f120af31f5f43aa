import { describe, expect, it } from "vitest";
import { textDirection } from "./text-direction.ts";

describe("textDirection", () => {
  it.each([
    "ar",
    "ar-EG",
    "he",
    "iw",
    "fa",
    "ur",
    "ps",
    "sd",
    "ug",
    "yi",
    "dv",
    "ckb",
    "pa-PK",
    "ks",
    "az-Arab",
    "nqo",
  ])("is from right to left for %s", (lang) => {
    expect(textDirection(lang)).toBe("rtl");
  });

  it.each(["en", "de-CH", "ku", "pa", "ar-Latn", "zh-Hant", "hi", "", "no such language"])(
    "is from left to right for %j",
    (lang) => {
      expect(textDirection(lang)).toBe("ltr");
    },
  );
});

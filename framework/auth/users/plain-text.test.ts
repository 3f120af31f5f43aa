import { describe, expect, it } from "vitest";
import { isPlainText } from "./plain-text.ts";

describe("isPlainText", () => {
  it.each([
    "Ann",
    "Zoë O’Neill-Šmíd",
    "李小龍",
    "שרה",
    "فاطمة",
    "می\u200cخواهم",
    "ක්\u200dෂ",
    "👩\u200d💻 Ann",
    "👩🏽\u200d🚀",
    "❤️\u200d🔥",
  ])("allows %s", (name) => {
    expect(isPlainText(name)).toBe(true);
  });

  it.each([
    ["an override of the direction", "Ann\u202enimda"],
    ["an isolate", "\u2066Ann"],
    ["a mark of direction", "Ann\u200f"],
    ["a space without width", "An\u200bn"],
    ["a joiner between Latin letters", "A\u200dnn"],
    ["a non-joiner at the start", "\u200cAnn"],
    ["a joiner at the end", "👩\u200d"],
    ["a byte order mark", "Ann\ufeff"],
    ["a soft hyphen", "An\u00adn"],
    ["a filler that looks like nothing", "\u3164"],
    ["tag characters", "Ann\u{e0041}"],
    ["half a character", "Ann\ud83d"],
    ["a control character", "Ann\u009b31m"],
  ])("refuses %s", (_name, text) => {
    expect(isPlainText(text)).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { escapeControls } from "./escape-controls.ts";

describe("escapeControls", () => {
  it("makes line breaks and escape sequences visible, also those of one 8-bit character", () => {
    expect(escapeControls("a\nb\u001b[31m\u009b31m\u2028")).toBe("a\\u000ab\\u001b[31m\\u009b31m\\u2028");
  });

  it("makes visible what reverses the direction of text", () => {
    expect(escapeControls("\u202etxt.exe\u2066")).toBe("\\u202etxt.exe\\u2066");
  });

  it("changes no other text", () => {
    expect(escapeControls("Grüße 日本 שלום 👩‍💻")).toBe("Grüße 日本 שלום 👩‍💻");
  });
});

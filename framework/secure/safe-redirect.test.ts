import { describe, expect, it } from "vitest";
import { safeRedirect } from "./safe-redirect.ts";

describe("safeRedirect", () => {
  it.each([
    undefined,
    null,
    ["/a"],
    "",
    "//evil.example",
    "/\\evil.example",
    "/a b",
    "https://evil.example",
    `/${"a".repeat(3000)}`,
  ])("answers / for %j", (next) => {
    expect(safeRedirect(next)).toBe("/");
  });

  it("keeps path, query and fragment", () => {
    expect(safeRedirect("/boards/1?tab=a&next=https://x.example/#c")).toBe("/boards/1?tab=a&next=https://x.example/#c");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeRedirect } from "./safe-redirect.ts";

const appUrl = "https://app.example";
const refused = [
  undefined,
  null,
  ["/a"],
  "",
  "dashboard",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  " //evil.example",
  "https://evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "/%2fevil.example",
  "/%5Cevil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/./%2e%2e//evil.example",
  "/a\r\nSet-Cookie: x=1",
  "/a b",
  "/\u2028",
  "/\u0085",
  `/${"a".repeat(3000)}`,
];

describe("safeRedirect", () => {
  it.each(refused)("answers / for %j", (next) => {
    expect(safeRedirect(next, appUrl)).toBe("/");
  });

  it("keeps path, query and fragment", () => {
    expect(safeRedirect("/boards/1?tab=a&next=https://x.example/#c", appUrl)).toBe(
      "/boards/1?tab=a&next=https://x.example/#c",
    );
  });

  it("never leaves the origin, whatever it is given", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2f",
      "%5c",
      "%2e",
      "@",
      ":",
      "evil.example",
      "\t",
      "?",
      "#",
      "a",
    );
    const tries = fc.array(piece, { maxLength: 9 }).map((pieces) => `/${pieces.join("")}`);

    fc.assert(
      fc.property(fc.oneof(tries, fc.string({ unit: "binary" }), fc.webUrl()), (next) => {
        const path = safeRedirect(next, appUrl);
        return (
          new URL(path, appUrl).origin === appUrl &&
          new URL(path, "https://other.example").origin === "https://other.example"
        );
      }),
      { numRuns: 5000 },
    );
  });
});

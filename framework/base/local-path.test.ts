import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCharacter } from "../test-support/any-character.ts";
import { localPathOf, parseLocalPath } from "./local-path.ts";

const attacks = {
  "not a path": ["", "dashboard", "?a", "#a", ".", "..//evil.example", "evil.example", "@evil.example"],
  "an absolute URL": [
    "https://evil.example",
    "HTTPS://evil.example",
    "https:/evil.example",
    "https:evil.example",
    "https:\\\\evil.example",
    "https://app.example@evil.example",
  ],
  "a scheme that runs code": ["javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x"],
  "a host after two slashes": ["//evil.example", "///evil.example", "////evil.example", "//app.example@evil.example"],
  "a backslash read as a slash": [
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/a/..\\\\evil.example",
    "/a\\b",
  ],
  "whitespace that URL parsers drop": [
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\u0000//evil.example",
    "/ /evil.example",
    "/a b",
  ],
  "a control character": ["/a\r\nSet-Cookie: x=1", "/\u0000", "/\u007f", "/\u0085", "/\u2028", "/\u2029"],
  "an encoded slash or backslash": [
    "/%2fevil.example",
    "/%2F%2Fevil.example",
    "/%5cevil.example",
    "/%5C%5Cevil.example",
    "/%2f/evil.example",
  ],
  "an encoded control character": [
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "/a%00",
    "/%c2%85",
  ],
  "dots that resolve to two slashes": [
    "/.//evil.example",
    "/..//evil.example",
    "/a/..//evil.example",
    "/./%2e%2e//evil.example",
    "/%2E//evil.example",
    "/a/%2e%2e/%2fevil.example",
    "/a/../%5cevil.example",
  ],
  "a malformed escape": ["/%", "/%zz", "/%ff", "/%c0%af/evil.example"],
};

describe("parseLocalPath", () => {
  it.each(Object.entries(attacks).flatMap(([kind, paths]) => paths.map((path) => [kind, path] as const)))(
    "refuses %s: %j",
    (_kind, path) => {
      expect(parseLocalPath(path)).toBeNull();
    },
  );

  it.each([
    ["/", "/"],
    ["/boards/1?tab=a&next=https://x.example/#c", "/boards/1?tab=a&next=https://x.example/#c"],
    ["/boards//1", "/boards//1"],
    ["/a/../b", "/b"],
    ["/evil.example", "/evil.example"],
    ["/@evil.example", "/@evil.example"],
    ["/:80/evil.example", "/:80/evil.example"],
    ["/search?q=50%&text=a%0Ab", "/search?q=50%&text=a%0Ab"],
    ["/a%20b", "/a%20b"],
    ["/%252fevil.example", "/%252fevil.example"],
    ["/größe?ü=ß", "/gr%C3%B6%C3%9Fe?%C3%BC=%C3%9F"],
    ["/\uff0fevil.example", "/%EF%BC%8Fevil.example"],
    ["/\u2215\u3002evil.example", "/%E2%88%95%E3%80%82evil.example"],
    ["/\ud800", "/%EF%BF%BD"],
  ])("reads %j as %j", (path, expected) => {
    expect(parseLocalPath(path)).toBe(expected);
  });

  it("never leaves the site, whatever it is given, and changes nothing when read again", () => {
    const parts = [
      "/",
      "\\",
      ".",
      "..",
      "%2f",
      "%5c",
      "%2e",
      "%09",
      "%",
      "@",
      ":",
      "evil.example",
      "\t",
      " ",
      "?",
      "#",
      "a",
    ];
    const tries = fc.array(fc.constantFrom(...parts), { maxLength: 9 }).map((pieces) => `/${pieces.join("")}`);
    const anything = fc.oneof(tries, fc.string({ unit: anyCharacter }), fc.webUrl());

    fc.assert(
      fc.property(anything, (path) => {
        const parsed = parseLocalPath(path);
        if (parsed === null) return true;
        const url = new URL(parsed, "https://app.example");
        return (
          url.origin === "https://app.example" && /^[\x21-\x7e]+$/.test(parsed) && parseLocalPath(parsed) === parsed
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe("localPathOf", () => {
  it("keeps path and query, and drops host and fragment", () => {
    expect(localPathOf("https://app.example/boards?tab=a#c")).toBe("/boards?tab=a");
    expect(localPathOf("https://evil.example/boards")).toBe("/boards");
  });

  it("finds no path on another host than the one passed", () => {
    expect(localPathOf("https://app.example/boards", "https://app.example/x")).toBe("/boards");
    expect(localPathOf("https://evil.example/boards", "https://app.example/x")).toBeNull();
  });

  it.each([undefined, null, "", "boards", "/boards", "about:blank", "https://app.example//evil.example"])(
    "finds no path in %j",
    (url) => {
      expect(localPathOf(url)).toBeNull();
    },
  );
});

import { describe, expect, it } from "vitest";
import { importMapProblems } from "./validate-import-map.ts";

describe("importMapProblems", () => {
  it("finds nothing in a good map", () => {
    const map = {
      imports: { a: "/a.js", "b/": "./b/", c: "https://c.test/c.js" },
      scopes: { "/x/": { a: "/x/a.js" } },
      integrity: { "/a.js": "sha384-AAAA" },
    };

    expect(importMapProblems(map)).toEqual([]);
  });

  it("names every problem with its place", () => {
    const map = {
      import: {},
      imports: { a: 1, "b/": "/b" },
      scopes: { x: { c: "c.js" } },
      integrity: { "/a.js": "md5-x" },
    };

    expect(importMapProblems(map)).toEqual([
      'unknown key "import"; browsers know imports, scopes, integrity',
      'imports["a"]: the address is number, expected a text',
      'imports["b/"]: the name ends in "/", so the address /b must do so too',
      'scopes["x"]["c"]: the address "c.js" must start with "/", "./", "../" or "https://"',
      'scopes["x"]: the prefix must start with "/", "./", "../" or "https://"',
      'integrity["/a.js"]: expected sha256-…, sha384-… or sha512-… with a base64 hash',
    ]);
  });

  it("refuses what is no object", () => {
    expect(importMapProblems([])).toHaveLength(1);
    expect(importMapProblems({ imports: [], scopes: 1, integrity: null })).toHaveLength(3);
  });
});

import { describe, expect, it } from "vitest";
import { importMapProblems } from "./validate-import-map.ts";

describe("importMapProblems", () => {
  it("accepts a valid map", () => {
    const map = {
      imports: { a: "/a.js", "b/": "./b/", c: "https://c.test/c.js" },
      scopes: { "/x/": { a: "/x/a.js" } },
      integrity: { "/a.js": "sha384-AAAA" },
    };

    expect(importMapProblems(map)).toEqual([]);
  });

  it("reports every problem with its location", () => {
    const map = {
      import: {},
      imports: { a: 1, "b/": "/b" },
      scopes: { x: { c: "c.js" } },
      integrity: { "/a.js": "md5-x" },
    };

    expect(importMapProblems(map)).toEqual([
      'imports["a"]: the URL is of type number, expected a string',
      'imports["b/"]: the name ends in "/", so the URL /b must too',
      'scopes["x"]["c"]: the URL "c.js" must start with "/", "./", "../" or "https://"',
      'scopes["x"]: the prefix must start with "/", "./", "../" or "https://"',
      'integrity["/a.js"]: expected sha256-…, sha384-… or sha512-… followed by a base64 hash',
      'unknown key "import"; browsers know imports, scopes and integrity',
    ]);
  });

  it("refuses values that aren't objects", () => {
    expect(importMapProblems([])).toHaveLength(1);
    expect(importMapProblems({ imports: [], scopes: 1, integrity: null })).toHaveLength(3);
  });
});

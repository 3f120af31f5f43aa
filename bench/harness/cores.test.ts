import { describe, expect, it } from "vitest";
import { parseCoreList, pinned } from "./cores.ts";

describe("parseCoreList", () => {
  it("reads single cores and ranges", () => {
    expect(parseCoreList("0-2,5")).toEqual([0, 1, 2, 5]);
  });

  it("returns nothing for an empty text", () => {
    expect(parseCoreList("")).toEqual([]);
  });
});

describe("pinned", () => {
  it("prefixes the command with taskset", () => {
    expect(pinned(1, ["node", "a.js"])).toEqual(["taskset", "-c", "1", "node", "a.js"]);
  });

  it("leaves the command unchanged without a core to pin to", () => {
    expect(pinned(null, ["node"])).toEqual(["node"]);
  });
});

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const readScript = (name: string) => readFileSync(new URL(`../../public/${name}`, import.meta.url));

describe("the client module of live pages", () => {
  it("stays within its budget of 2 KB compressed, as it is served", () => {
    expect(gzipSync(readScript("live.js")).length).toBeLessThanOrEqual(2048);
  });

  it("imports at most 5.5 KB more", () => {
    const imported = ["fragments.js", "keep.js"].map((name) => gzipSync(readScript(name)).length);

    expect(imported.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(5632);
  });

  it("stays within 5 KB uncompressed and unminified", () => {
    expect(readScript("live.js").length).toBeLessThanOrEqual(5 * 1024);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { version } from "./version.ts";

describe("version", () => {
  it("matches package.json", () => {
    const manifest: { version: string } = JSON.parse(
      readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    );

    expect(version).toBe(manifest.version);
  });
});

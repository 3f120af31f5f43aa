import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { developmentEnvironment, readEnvironment } from "./env-file.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-env-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("readEnvironment", () => {
  it("lets variables that are set override the file, and writes nothing", () => {
    writeFileSync(join(folder, ".env"), "PORT=1\nHOST=a\n");

    expect(readEnvironment(folder, { PORT: "2", HOST: "" })).toEqual({ PORT: "2", HOST: "a" });
    expect(readFileSync(join(folder, ".env"), "utf8")).not.toContain("AUTH_SECRET");
  });
});

describe("developmentEnvironment", () => {
  it("keeps the secret it generated", () => {
    const first = developmentEnvironment(folder, {}).AUTH_SECRET;

    expect(first).toHaveLength(43);
    expect(developmentEnvironment(folder, {}).AUTH_SECRET).toBe(first);
  });

  it("generates no secret if one is set", () => {
    developmentEnvironment(folder, { AUTH_SECRET: "mine" });

    expect(existsSync(join(folder, ".env"))).toBe(false);
  });
});

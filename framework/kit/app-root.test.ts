import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appRoot } from "./app-root.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-root-"));
  mkdirSync(join(folder, "dist", "app"), { recursive: true });
  mkdirSync(join(folder, "app"));
  writeFileSync(join(folder, "package.json"), "{}");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("appRoot", () => {
  it("is the project of a file in a folder below", () => {
    expect(appRoot(join(folder, "app", "main.ts"))).toBe(folder);
  });

  it("is the file's own folder, if the app's migrations are there", () => {
    mkdirSync(join(folder, "app", "migrations"));

    expect(appRoot(join(folder, "app", "main.ts"))).toBe(join(folder, "app"));
  });

  it("is the build of a file in it, if the build has public files", () => {
    mkdirSync(join(folder, "dist", "public"));

    expect(appRoot(join(folder, "dist", "app", "main.js"))).toBe(join(folder, "dist"));
  });

  it("is the project of a file in a build that has neither", () => {
    expect(appRoot(join(folder, "dist", "app", "main.js"))).toBe(folder);
  });
});

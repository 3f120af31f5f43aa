import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolder } from "./create-folder.ts";

describe("createFolder", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "buffkit-folder-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("creates those above it too, with the given mode, and may be called again", () => {
    createFolder(join(folder, "a/b"), 0o700);
    createFolder(join(folder, "a/b"), 0o700);

    expect(statSync(join(folder, "a/b")).mode & 0o777).toBe(0o700);
  });

  it("fails where a file is in the way, or a link to nowhere", () => {
    writeFileSync(join(folder, "file"), "");
    symlinkSync(join(folder, "nowhere"), join(folder, "link"));

    expect(() => createFolder(join(folder, "file/a"))).toThrow(/ENOTDIR|EEXIST/);
    expect(() => createFolder(join(folder, "link/a"))).toThrow(/EEXIST|ENOENT/);
  });

  it.skipIf(!existsSync("/proc/self"))("fails where the operating system lets nobody create folders", () => {
    expect(() => createFolder("/proc/nowhere/a")).toThrow(/ENOENT/);
  });
});

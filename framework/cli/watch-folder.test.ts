import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchFolder } from "./watch-folder.ts";

let folder: string;
let close: () => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-watch-"));
  for (const name of ["app/parts", "node_modules/hono"]) mkdirSync(join(folder, name), { recursive: true });
});

afterEach(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

/** Watches from now on; resolves with the first paths that are reported. */
function firstChange(): Promise<readonly string[]> {
  return new Promise((resolve) => {
    close = watchFolder(folder, resolve);
  });
}

describe("watchFolder", () => {
  it("reports code that changes deep in a folder and beside it, and nothing else", async () => {
    const changed = firstChange();

    for (const file of [
      "node_modules/hono/index.ts",
      "app/page.test.ts",
      "app/app.css",
      "app/parts/home.tsx",
      "a.json",
    ])
      writeFileSync(join(folder, file), "");

    expect([...(await changed)].sort()).toEqual(["a.json", join("app", "parts", "home.tsx")]);
  });

  it("reports what changes in a folder that is made later", async () => {
    const changed = firstChange();

    mkdirSync(join(folder, "jobs"));
    // Written again until the new folder is watched.
    const writing = setInterval(() => writeFileSync(join(folder, "jobs", "clean.ts"), ""), 200);

    expect(await changed).toEqual([join("jobs", "clean.ts")]);
    clearInterval(writing);
  });
});

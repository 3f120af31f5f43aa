import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchFolder } from "./watch-folder.ts";

let folder: string;
let close: () => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "buffkit-watch-"));
  for (const name of ["app/parts", "node_modules/hono", "reports"]) mkdirSync(join(folder, name), { recursive: true });
});

afterEach(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts watching; resolves with the first paths reported. */
function firstChange(): Promise<readonly string[]> {
  return new Promise((resolve) => {
    close = watchFolder(folder, resolve);
  });
}

describe("watchFolder", () => {
  it("reports changed code in the folder and below, and nothing else", async () => {
    const changed = firstChange();

    for (const file of [
      "node_modules/hono/index.ts",
      "reports/results.json",
      "app/page.test.ts",
      "app/app.css",
      "app/parts/home.tsx",
      "a.json",
    ])
      writeFileSync(join(folder, file), "");

    expect([...(await changed)].sort()).toEqual(["a.json", join("app", "parts", "home.tsx")]);
  });

  it("reports every save of an editor that replaces the file", async () => {
    const file = join("app", "parts", "home.tsx");
    writeFileSync(join(folder, file), "0");
    const reports: (readonly string[])[] = [];
    close = watchFolder(folder, (paths) => reports.push(paths));

    for (const time of [1, 2, 3]) {
      writeFileSync(join(folder, "app", "parts", "new~"), String(time));
      renameSync(join(folder, "app", "parts", "new~"), join(folder, file));
      await expect.poll(() => reports.length).toBe(time);
    }
    writeFileSync(join(folder, file), "in place");

    await expect.poll(() => reports).toEqual([[file], [file], [file], [file]]);
  });

  it("reports files in a folder that is created later, and in one that is created again", async () => {
    const reports: (readonly string[])[] = [];
    close = watchFolder(folder, (paths) => reports.push(paths));
    const file = join("jobs", "mail", "clean.ts");

    for (const time of [1, 2]) {
      mkdirSync(join(folder, "jobs", "mail"), { recursive: true });
      writeFileSync(join(folder, file), String(time));
      await expect.poll(() => reports.flat()).toContain(file);
      reports.length = 0;
      rmSync(join(folder, "jobs"), { recursive: true });
      await expect.poll(() => reports.flat()).toContain(file);
      reports.length = 0;
    }
  });
});

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { appFolders, watchFiles } from "./watch-files.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function watchNew() {
  const folder = mkdtempSync(join(tmpdir(), "watch-"));
  mkdirSync(join(folder, "deep"));
  const heard: string[] = [];
  const change = new Promise<string>((resolve) => {
    const onChange = (kind: string) => {
      heard.push(kind);
      resolve(kind);
    };
    stops.push(watchFiles({ folders: [folder], log: silentLogger, onChange }));
  });
  return { folder, change, heard };
}

describe("watchFiles", () => {
  it("distinguishes style sheets from everything else", async () => {
    const styles = watchNew();
    const page = watchNew();

    writeFileSync(join(styles.folder, "deep", "app.css"), "a{}");
    writeFileSync(join(page.folder, "deep", "page.html"), "x");

    expect([await styles.change, await page.change]).toEqual(["css", "other"]);
  });

  it("combines a burst of changes, and ignores code, which restarts the server", async () => {
    const { folder, change, heard } = watchNew();

    writeFileSync(join(folder, "deep", "code.ts"), "x");
    writeFileSync(join(folder, "deep", "a.css"), "x");
    writeFileSync(join(folder, "deep", "b.css"), "x");
    await change;

    expect(heard).toEqual(["css"]);
  });

  it("ignores what programs write while the app runs", async () => {
    const { folder, change, heard } = watchNew();

    writeFileSync(join(folder, "deep", "screenshot.png"), "x");
    writeFileSync(join(folder, "deep", "app.log"), "x");
    writeFileSync(join(folder, "deep", "home.test.js"), "x");
    writeFileSync(join(folder, "deep", "a.css"), "x");
    await change;

    expect(heard).toEqual(["css"]);
  });
});

describe("appFolders", () => {
  it("skips packages, builds, data and hidden folders", () => {
    const root = mkdtempSync(join(tmpdir(), "root-"));
    for (const name of ["public", "parts", "node_modules", "dist", "data", ".git", "screenshots", "kept"])
      mkdirSync(join(root, name));

    writeFileSync(join(root, ".gitignore"), "kept/\n");

    expect(appFolders(root).sort()).toEqual([join(root, "parts"), join(root, "public")]);
  });
});

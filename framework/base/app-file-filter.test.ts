import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createAppFileFilter } from "./app-file-filter.ts";

function createFilter(gitignore?: string) {
  const root = mkdtempSync(join(tmpdir(), "buffkit-filter-"));
  if (gitignore !== undefined) writeFileSync(join(root, ".gitignore"), gitignore);
  return createAppFileFilter(root);
}

describe("createAppFileFilter", () => {
  it.each([
    "app/main.ts",
    "app/parts/reports/report.tsx",
    "app/parts/data/tmp/out.ts",
    "app/parts/features/list.tsx",
    "migrations/0001_notes.ts",
    "public/site.css",
    "public/photos/cat.webp",
    "app/public/fonts/inter.woff2",
    "content/news.md",
    "locales/de.json",
    "package.json",
  ])("counts %s as part of the app", (path) => {
    expect(createFilter().isPart(path)).toBe(true);
  });

  it.each([
    "data/app.db-wal",
    "logs/app.txt",
    "app/debug.log",
    "screenshot.png",
    "shots/home.png",
    "app/home.png",
    "playwright-report/index.html",
    "test-results/a/trace.json",
    "coverage/lcov-report/block.js",
    "reports/vitest.json",
    "vitest-results.json",
    "report.html",
    "dist/app/main.js",
    "dist.draft/app/main.js",
    "node_modules/hono/index.ts",
    "features/steps/notes.ts",
    "e2e/notes.spec.ts",
    "app/parts/notes.test.tsx",
    ".features-gen/a.js",
    "package-lock.json",
    "app/home.tsx~",
  ])("doesn't count %s", (path) => {
    expect(createFilter().isPart(path)).toBe(false);
  });

  it("leaves out the folders that git ignores", () => {
    const filter = createFilter("node_modules/\n/evidence/\r\nrecordings\n*.log\n!kept/\n# app\n");

    const parts = ["evidence/a.html", "recordings/b.json", "kept/c.html", "app/d.html"].filter(filter.isPart);
    expect(parts).toEqual(["kept/c.html", "app/d.html"]);
    expect(filter.isWritten("evidence")).toBe(true);
  });
});

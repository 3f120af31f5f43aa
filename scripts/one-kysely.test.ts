import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
/** What apps are made of, and what their authors read. */
const forApps = [
  "app",
  "examples",
  "create",
  "framework/cli/generate",
  "scripts/public-types",
  "docs/*.md",
  ":!docs/decisions",
  "README.md",
];

function textsForApps(): ReadonlyMap<string, string> {
  const { stdout } = spawnSync("git", ["ls-files", ...forApps], { cwd: root, encoding: "utf8" });
  const files = stdout.split("\n").filter((path) => /\.(tsx?|mjs|md|json|txt)$/.test(path));
  return new Map(files.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

describe("an app's Kysely", () => {
  it("is imported from buffkit in the app, the examples, the templates and the guides", () => {
    const texts = textsForApps();

    const importing = [...texts].filter(([, text]) => /(?:from|import|import\() ?["'`]kysely(?:\/|["'`])/.test(text));

    expect(texts.size).toBeGreaterThan(100);
    expect(importing.map(([path]) => path)).toEqual([]);
  });

  it("is installed by neither a new app nor the guides", () => {
    const installing = [...textsForApps()].filter(([, text]) => /"kysely":|npm (?:i|install)\b.* kysely\b/.test(text));

    expect(installing.map(([path]) => path)).toEqual([]);
  });
});

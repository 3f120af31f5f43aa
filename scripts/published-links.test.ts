import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What `npm publish` would send, relative to the folder. */
function publishedFiles(folder: string): readonly string[] {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const [packed] = JSON.parse(
    execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
  return packed.files.map(({ path }: { path: string }) => path);
}

/** Links of a page to a file or a folder that isn't among the published ones. */
function brokenLinks(folder: string, files: readonly string[]): readonly string[] {
  const known = new Set(files.flatMap((file) => [file, ...parentsOf(file)]));
  return files
    .filter((file) => file.endsWith(".md"))
    .flatMap((page) =>
      linksOf(readFileSync(join(folder, page), "utf8"))
        .filter((link) => !known.has(normalize(join(dirname(page), link)).replace(/\/$/, "")))
        .map((link) => `${page}: ${link}`),
    );
}

function parentsOf(file: string): readonly string[] {
  const folder = dirname(file);
  return folder === "." ? [] : [folder, ...parentsOf(folder)];
}

/** Relative links, without their fragments. */
function linksOf(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link.replace(/#.*$/, ""))
    .filter((link) => link !== "" && !/^(?:https?|mailto):/.test(link));
}

describe("published pages", () => {
  it.each([".", "create"])("link only to what is published with them: %s", { timeout: 60_000 }, (name) => {
    const folder = join(root, name);
    const files = publishedFiles(folder);

    expect(files).toContain("README.md");
    expect(brokenLinks(folder, files)).toEqual([]);
  });

  it("of a new app link only to absolute addresses", () => {
    const pages = ["AGENTS.md", "README.md"].map((page) => join(root, "create", "variants", "always", page));

    expect(pages.flatMap((page) => linksOf(readFileSync(page, "utf8")))).toEqual([]);
  });
});

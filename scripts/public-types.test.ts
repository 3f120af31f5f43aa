import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isPackageBuilt } from "../framework/test-support/link-packages.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

describe("the public types", () => {
  it("type handlers, pages, forms, live regions, broadcasts and jobs without annotations, and refuse their wrong uses", {
    timeout: 120_000,
  }, () => {
    const compiler = join(root, "node_modules", ".bin", "tsc");
    // Without the paths to the sources, `buffkit` is the built package: what users get, and a sixth of the work.
    const onPackage = isPackageBuilt ? ["--paths", "null"] : [];

    const { stdout, status } = spawnSync(compiler, ["-p", "scripts/public-types", ...onPackage], {
      cwd: root,
      encoding: "utf8",
    });

    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it("include everything that answers htmx", () => {
    const names = (door: string) => new Set(readFileSync(join(root, door), "utf8").match(/\bhx[A-Z]\w+/g) ?? []);

    expect(names("framework/index.ts")).toEqual(names("framework/html/index.ts"));
  });

  it("say that a property may be missing in one way: `name?: Type`, without `| undefined`", () => {
    const { stdout } = spawnSync("git", ["ls-files", "*.ts", "*.tsx"], { cwd: root, encoding: "utf8" });
    const copiedFromTheStandard = "framework/base/standard-schema.ts";
    const files = stdout.split("\n").filter((path) => path !== "" && path !== copiedFromTheStandard);

    const saidTwice = files.filter((path) =>
      /\?: [^;=()]* \| undefined(;| \})/.test(readFileSync(join(root, path), "utf8")),
    );

    expect(files.length).toBeGreaterThan(500);
    expect(saidTwice).toEqual([]);
  });
});

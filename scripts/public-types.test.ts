import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

describe("the public types", () => {
  it("type handlers, pages, forms, broadcasts and jobs without annotations, and refuse their wrong uses", () => {
    const compiler = join(root, "node_modules", ".bin", "tsc");

    const { stdout, status } = spawnSync(compiler, ["-p", "scripts/public-types"], { cwd: root, encoding: "utf8" });

    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});

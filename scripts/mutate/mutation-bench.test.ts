import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { locateMutation } from "./mutation.ts";
import { MutationBench } from "./mutation-bench.ts";

const code =
  "export function count(limit: number): number {\n  let n = 0;\n  while (n < limit) n += 1;\n  return n;\n}\n";
const codeTest = `import { expect, it } from "vitest";
import { count } from "./code.ts";
it("counts", () => expect(count(3)).toBe(3));
`;
const rest = 'import { it } from "vitest";\nimport "./code.ts";\nit("rests", () => {});\n';

/** A repository of one source and two test files. */
function makeRepository(): string {
  const root = mkdtempSync(join(tmpdir(), "mutate-bench-"));
  const repository = fileURLToPath(new URL("../..", import.meta.url));
  const files = {
    ".gitignore": "node_modules\n",
    "package.json": '{ "type": "module" }',
    "vitest.config.ts": 'export default { test: { include: ["*.test.ts"], pool: "forks", isolate: false } };\n',
    "code.ts": code,
    "code.test.ts": codeTest,
    "rest.test.ts": rest,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  cpSync(join(repository, "scripts/mutate"), join(root, "scripts/mutate"), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  execFileSync("git", ["init", "-q"], { cwd: root });
  return root;
}

function trial(from: string, to: string, tests: readonly string[]) {
  const start = code.indexOf(from);
  const change = { kind: "test", start, end: start + from.length, replacement: to };
  return { mutation: locateMutation("code.ts", code, change), tests, usualMs: 0 };
}

const root = makeRepository();
const bench = new MutationBench(root, 30_000);
afterAll(() => {
  bench.close();
  rmSync(root, { recursive: true });
});

describe("MutationBench", () => {
  it("names the test that notices", async () => {
    const outcome = await bench.try(trial("return n", "return 0", ["rest.test.ts", "code.test.ts"]));

    expect(outcome).toMatchObject({ verdict: "killed", by: "code.test.ts: counts" });
  });

  it("forgets the failures of the mutation before", async () => {
    await bench.try(trial("return n", "return 0", ["code.test.ts"]));

    expect(await bench.try(trial("return n", "return 0", ["rest.test.ts"]))).toMatchObject({ verdict: "survived" });
    expect(await bench.control(trial("return n", "return 0", ["code.test.ts"]))).toBeUndefined();
  });

  it("counts a file that can't be loaded as noticed", async () => {
    const outcome = await bench.try(trial("export ", "missing(); export ", ["rest.test.ts"]));

    expect(outcome).toMatchObject({ verdict: "killed", by: "rest.test.ts: the file itself: missing is not defined" });
  });

  it("kills tests that hang, and goes on", { timeout: 180_000 }, async () => {
    const slow = new MutationBench(root, 10_000);
    try {
      expect(await slow.try(trial("n += 1", "n += 0", ["code.test.ts"]))).toMatchObject({ verdict: "hung" });
      expect(await slow.control(trial("n += 1", "n += 0", ["code.test.ts"]))).toBeUndefined();
    } finally {
      slow.close();
    }
  });

  it("says when no test calls the function", async () => {
    expect(await bench.try(trial("return n", "return 0", []))).toMatchObject({ verdict: "unreached" });
  });

  it("leaves the sources as they are", () => {
    expect(readFileSync(join(root, "code.ts"), "utf8")).toBe(code);
  });
});

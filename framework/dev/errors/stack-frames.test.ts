import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { readStack } from "./stack-frames.ts";

const folder = mkdtempSync(join(tmpdir(), "stack-"));
const file = join(folder, "board.ts");
writeFileSync(file, Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join("\n"));

describe("readStack", () => {
  it("reads named, anonymous, asynchronous and Node's own calls", () => {
    const stack = `Error: x
    at load (${pathToFileURL(file).href}:10:5)
    at async run (${file}:2:1)
    at ${file}:3:1
    at node:internal/process/task_queues:95:5
    at new Thing (/p/node_modules/a/index.js:1:2)`;

    const frames = readStack(stack, folder);

    expect(frames.map(({ call, place, line, isOwn }) => [call, place, line, isOwn])).toEqual([
      ["load", "board.ts", 10, true],
      ["run", "board.ts", 2, true],
      ["", "board.ts", 3, true],
      ["", "node:internal/process/task_queues", 95, false],
      ["new Thing", "../../p/node_modules/a/index.js", 1, false],
    ]);
  });

  it("reads five lines before and after", () => {
    const [frame] = readStack(`    at load (${file}:10:5)`, folder);

    expect(frame?.source.map(({ number }) => number)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it("never opens a file that isn't code, whatever a message claims", () => {
    writeFileSync(join(folder, "secret.env"), "KEY=1");

    const [frame] = readStack(`    at x (${join(folder, "secret.env")}:1:1)`, folder);

    expect(frame?.source).toEqual([]);
  });

  it("is fast with a long forged line", () => {
    const started = performance.now();

    readStack(`    at ${"(".repeat(50_000)}`);
    readStack(`    at ${"a:".repeat(50_000)}`);

    expect(performance.now() - started).toBeLessThan(200);
  });
});

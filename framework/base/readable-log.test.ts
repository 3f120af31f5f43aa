import { describe, expect, it } from "vitest";
import { createLogger } from "./log.ts";
import { readableLines } from "./readable-log.ts";

function capture() {
  const written: string[] = [];
  return { written, log: createLogger({ destination: readableLines((text) => void written.push(text)) }) };
}

describe("readableLines", () => {
  it("writes level, message and facts on one line", () => {
    const { written, log } = capture();

    log.info({ applied: 6, path: "/boards", of: "two words" }, "migrations applied");

    expect(written).toEqual(['info   migrations applied applied=6 path=/boards of="two words"\n']);
  });

  it("writes the stacks of an error and of its cause on separate lines", () => {
    const { written, log } = capture();
    const err = { stack: "TypeError: no\n    at a.ts:1", cause: { message: "because" } };

    log.error({ err }, "request failed");

    expect(written).toEqual([
      "error  request failed\n       TypeError: no\n           at a.ts:1\n       caused by\n       because\n",
    ]);
  });

  it("writes the stack of an error under any name", () => {
    const { written, log } = capture();

    log.warn({ error: new TypeError("no"), jobId: 7 }, "failed");

    expect(written[0]).toMatch(/^warn {3}failed jobId=7\n {7}TypeError: no\n {11}at .*readable-log\.test\.ts/);
  });

  it("redacts secrets and escapes line breaks, so that input can't forge a line", () => {
    const { written, log } = capture();

    log.warn({ name: "a\nerror  forged", password: "hunter2" }, "x\ny\u001b[31m\u009b31m");

    expect(written[0]?.trimEnd().split("\n")).toHaveLength(1);
    for (const text of ["hunter2", "\u001b", "\u009b"]) expect(written[0]).not.toContain(text);
  });
});

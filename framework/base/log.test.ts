import { describe, expect, it } from "vitest";
import { createLogger } from "./log.ts";

function capture() {
  const lines: string[] = [];
  const log = createLogger({ destination: { write: (line: string) => void lines.push(line) } });
  return { lines, log };
}

describe("createLogger", () => {
  it("writes one JSON line per entry, with the time in UTC", () => {
    const { lines, log } = capture();

    log.info({ requestId: "r1" }, "served");

    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      requestId: "r1",
      msg: "served",
      time: expect.stringMatching(/Z$/),
    });
  });

  it("redacts secrets, also one level deep", () => {
    const { lines, log } = capture();

    log.info({ password: "hunter2", headers: { cookie: "sid=1" } }, "login");

    expect(lines[0]).not.toMatch(/hunter2|sid=1/);
  });

  it("escapes line breaks, so that input can't forge a line", () => {
    const { lines, log } = capture();

    log.info({ name: 'a\n{"level":50}' }, "x\ny");

    expect(lines[0]?.trimEnd().split("\n")).toHaveLength(1);
  });
});

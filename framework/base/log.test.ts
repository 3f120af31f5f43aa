import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

  it.each(["err", "error", "cause"])("writes an error under %s with its message, code, stack and causes", (name) => {
    const { lines, log } = capture();
    const cause = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });

    log.warn({ [name]: new TypeError("no", { cause }), jobId: 7 }, "failed");

    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      jobId: 7,
      [name]: {
        ...{ type: "TypeError", message: "no", stack: expect.stringContaining("log.test.ts") },
        cause: { message: "refused", code: "ECONNREFUSED" },
      },
    });
  });

  it.each([
    ["a text", "boom", { message: "boom" }],
    ["an object", { status: 507 }, { message: "{ status: 507 }" }],
    ["nothing", undefined, { message: "undefined" }],
    ["what another process has logged", { message: "no", stack: "at a.ts" }, { message: "no", stack: "at a.ts" }],
  ])("writes %s under err too", (_name, err, expected) => {
    const { lines, log } = capture();

    log.warn({ err }, "failed");

    expect(JSON.parse(lines[0] ?? "").err).toMatchObject(expected);
  });

  it("escapes 8-bit control characters, which would reach the terminal", () => {
    const { lines, log } = capture();

    log.info({ name: "\u009b31m" }, "x\u009b2J");

    expect(lines[0]).not.toContain("\u009b");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ name: "\u009b31m", msg: "x\u009b2J" });
  });

  it("escapes line breaks, so that input can't forge a line", () => {
    const { lines, log } = capture();

    log.info({ name: 'a\n{"level":50}' }, "x\ny");

    expect(lines[0]?.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("the sources", () => {
  const folders = ["app", "components", "examples", "framework", "mail"];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );

  it("log errors under err only, where every logger looks for them", () => {
    const misspelled = /(?:\.(?:debug|info|warn|error)\(|\bfacts = )\s*\{[^}]*?(?<=[{,]\s*)error\s*[,:}]/;

    const found = files.filter((file) => misspelled.test(readFileSync(file, "utf8")));

    expect(found).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { limitedWarning } from "./limited-warning.ts";
import { silentLogger } from "./log.ts";

function start() {
  const lines: object[] = [];
  const clock = { ms: 0 };
  const log = { ...silentLogger, warn: (facts: object, text: string) => void lines.push({ ...facts, text }) };
  return { lines, clock, warn: limitedWarning({ log, everyMs: 100, now: () => clock.ms }) };
}

describe("limitedWarning", () => {
  it("logs the first of a kind, and then how many more there were", () => {
    const { lines, clock, warn } = start();

    for (const path of ["/a", "/b", "/c"]) warn("403", { path }, "refused");
    clock.ms = 99;
    warn("403", { path: "/d" }, "refused");
    clock.ms = 100;
    warn("403", { path: "/e" }, "refused");

    expect(lines).toEqual([
      { path: "/a", text: "refused" },
      { path: "/e", more: 3, text: "refused" },
    ]);
  });

  it("starts to count again with each line", () => {
    const { lines, clock, warn } = start();

    warn("403", {}, "refused");
    warn("403", {}, "refused");
    clock.ms = 100;
    warn("403", {}, "refused");
    clock.ms = 200;
    warn("403", {}, "refused");

    expect(lines).toEqual([{ text: "refused" }, { more: 1, text: "refused" }, { text: "refused" }]);
  });

  it("logs at another level", () => {
    const lines: string[] = [];
    const log = { ...silentLogger, info: (_facts: object, text: string) => void lines.push(text) };

    limitedWarning({ log, level: "info" })("left", {}, "somebody left");

    expect(lines).toEqual(["somebody left"]);
  });

  it("logs each kind by itself", () => {
    const { lines, warn } = start();

    warn("403", {}, "refused");
    warn("429", {}, "refused");

    expect(lines).toHaveLength(2);
  });
});

import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { logRefusals } from "./requests/log-refusals.ts";
import { safeRedirect } from "./safe-redirect.ts";

describe("safeRedirect", () => {
  it.each([
    undefined,
    null,
    ["/a"],
    "",
    "//evil.example",
    "/\\evil.example",
    "/a b",
    "https://evil.example",
    `/${"a".repeat(3000)}`,
  ])("answers / for %j", (next) => {
    expect(safeRedirect(next)).toBe("/");
  });

  it.each(["//evil.example", "https://evil.example/\u001b", ["/a"]])(
    "says once in the log that %j was replaced",
    async (next) => {
      const lines: object[] = [];
      const app = new Hono();
      app.use(logRefusals({ log: { ...silentLogger, warn: (facts, text) => void lines.push({ ...facts, text }) } }));
      app.get("/login", (c) => c.text(safeRedirect(next, c)));

      const answers = [await app.request("/login"), await app.request("/login")];

      expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(["/", "/"]);
      expect(lines).toEqual([expect.objectContaining({ path: "/login", next: String(next) })]);
    },
  );

  it.each([undefined, "", "/", "/boards/1"])("says nothing about %j", async (next) => {
    const lines: object[] = [];
    const app = new Hono();
    app.use(logRefusals({ log: { ...silentLogger, warn: (facts) => void lines.push(facts) } }));
    app.get("/login", (c) => c.text(safeRedirect(next, c)));

    await app.request("/login");

    expect(lines).toEqual([]);
  });

  it("keeps path, query and fragment", () => {
    expect(safeRedirect("/boards/1?tab=a&next=https://x.example/#c")).toBe("/boards/1?tab=a&next=https://x.example/#c");
  });
});

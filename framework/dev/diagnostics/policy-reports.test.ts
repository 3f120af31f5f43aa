import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { type Logger, silentLogger } from "../../base/index.ts";
import { mountPolicyReports } from "./policy-reports.ts";

function createReports() {
  const warnings: [facts: unknown, text: string][] = [];
  const log: Logger = { ...silentLogger, warn: (facts, text) => void warnings.push([facts, text]) };
  const app = new Hono();
  mountPolicyReports(app, { log });
  const send = async (body: string) =>
    (await app.request("http://localhost:3000/__dev/policy-reports", { method: "POST", body })).status;
  const report = (facts: Record<string, unknown>) =>
    send(JSON.stringify({ "csp-report": { "document-uri": "http://localhost:3000/boards?q=secret", ...facts } }));
  return { warnings, send, report };
}

describe("reports about the policy of a page", () => {
  it("are logged with the line that would allow what was blocked", async () => {
    const { warnings, report } = createReports();

    await report({ "effective-directive": "img-src", "blocked-uri": "https://images.example/a.png" });

    expect(warnings).toEqual([
      [
        { page: "/boards", directive: "img-src", blocked: "https://images.example" },
        expect.stringContaining('secure: { addToPolicy: { "img-src": ["https://images.example"] } }'),
      ],
    ]);
  });

  it("are logged once for each directive and site", async () => {
    const { warnings, report } = createReports();

    for (const path of ["a.png", "b.png"])
      await report({ "effective-directive": "img-src", "blocked-uri": `https://images.example/${path}` });
    await report({ "effective-directive": "connect-src", "blocked-uri": "https://images.example/c" });

    expect(warnings.map(([facts]) => facts)).toMatchObject([{ directive: "img-src" }, { directive: "connect-src" }]);
  });

  it.each([
    ["script-src-elem", "inline", "script-src"],
    ["style-src-attr", "inline", "style attributes"],
    ["img-src", "blob", '"img-src": ["blob:"]'],
    ["script-src", "eval", "Security"],
  ])("say what to do about %s: %s", async (directive, blocked, expected) => {
    const { warnings, report } = createReports();

    await report({ "effective-directive": directive, "blocked-uri": blocked });

    expect(warnings[0]?.[1]).toContain(expected);
  });

  it("are left out about redirects of forms, because they name the wrong site", async () => {
    const { warnings, report } = createReports();

    await report({ "effective-directive": "form-action", "blocked-uri": "http://localhost:3000/pay" });
    await report({ "effective-directive": "form-action", "blocked-uri": "https://other.example/direct" });

    expect(warnings.map(([facts]) => facts)).toMatchObject([{ blocked: "https://other.example" }]);
  });

  it("are left out if a browser extension is the reason, or if they can't be read", async () => {
    const { warnings, send, report } = createReports();

    const statuses = [
      await report({ "effective-directive": "script-src", "blocked-uri": "chrome-extension://abc" }),
      await report({ "effective-directive": "img-src", "blocked-uri": "data", "source-file": "moz-extension://abc" }),
      await send("no json"),
      await send("[]"),
      await report({ "effective-directive": 7, "blocked-uri": "x" }),
    ];

    expect([statuses, warnings]).toEqual([[204, 204, 204, 204, 204], []]);
  });
});

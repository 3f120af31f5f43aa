import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { type Logger, silentLogger } from "../../base/index.ts";
import { secureHeaders } from "./secure-headers.ts";
import type { SecurityHeadersOptions } from "./security-headers.ts";
import { warnAboutRedirects } from "./warn-about-redirects.ts";

async function warningsOf(
  to: string,
  {
    method = "POST",
    headers = {},
    policy = {},
  }: { method?: string; headers?: HeadersInit; policy?: SecurityHeadersOptions } = {},
) {
  const warnings: unknown[] = [];
  const log: Logger = { ...silentLogger, warn: (facts, text) => void warnings.push([facts, text]) };
  const app = new Hono().use(warnAboutRedirects({ log }), secureHeaders(policy));
  app.all("/pay", (c) => c.redirect(to, 303));
  await app.request("https://app.example/pay", { method, headers });
  return warnings;
}

const elsewhere = "https://payments.example/pay/1";

describe("warnAboutRedirects", () => {
  it("says which line allows a form to lead to another site", async () => {
    expect(await warningsOf(elsewhere)).toEqual([
      [
        { path: "/pay", to: "https://payments.example" },
        expect.stringContaining('secure: { addToPolicy: { "form-action": ["https://payments.example"] } }'),
      ],
    ]);
  });

  it("says nothing if the policy allows it, or has no such directive", async () => {
    const allowed = { addToPolicy: { "form-action": ["https://payments.example"] } };

    expect(await warningsOf(elsewhere, { policy: allowed })).toEqual([]);
    expect(await warningsOf(elsewhere, { policy: { policy: { "form-action": [] } } })).toEqual([]);
  });

  it("says nothing about pages of this site, about links, and about what isn't a URL", async () => {
    expect(await warningsOf("/thanks")).toEqual([]);
    expect(await warningsOf("https://app.example/thanks")).toEqual([]);
    expect(await warningsOf(elsewhere, { method: "GET" })).toEqual([]);
    expect(await warningsOf("https://")).toEqual([]);
  });

  it("says what to answer htmx, which can't follow such a redirect whatever the policy is", async () => {
    const policy = { addToPolicy: { "form-action": ["https://payments.example"] } };

    const warnings = await warningsOf(elsewhere, { headers: { "HX-Request": "true" }, policy });

    expect(warnings).toEqual([
      [{ path: "/pay", to: "https://payments.example" }, expect.stringContaining("HX-Redirect")],
    ]);
  });
});

import { expect } from "@playwright/test";
import { seriousFindings } from "./content-security-policy.ts";
import { leakPattern } from "./leaks.ts";
import { sendRaw } from "./raw-request.ts";

const securityHeaders = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "x-xss-protection": /^0$/,
  "referrer-policy": /^(?:strict-origin-when-cross-origin|no-referrer)$/,
  "permissions-policy": /camera=\(\)/,
  "strict-transport-security": /^max-age=(?:3[1-9]\d{6}|[4-9]\d{7}|\d{9,}); includeSubDomains/,
  "content-security-policy": /default-src 'none'.*frame-ancestors 'none'/,
};

/** A row of a table of requests, as a scenario writes it. */
export type Row = Readonly<Record<string, string>>;

/** Expects the status of each row, all security headers, and no leaks in the body. */
export async function expectSecureResponses(url: string, rows: readonly Row[]): Promise<void> {
  for (const { response: what, method = "", path = "", status } of rows) {
    const site = path === "/logout" ? "cross-site" : "same-origin";
    const headers = { Accept: "text/html", "Sec-Fetch-Site": site };
    const response = await sendRaw(url, { method, path, headers });
    expect(response.status, what).toBe(Number(status));
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(response.headers[name], `${name} of ${what}`).toMatch(value);
    }
    if (String(response.headers["content-type"]).startsWith("text/html")) {
      expect(response.headers["cross-origin-opener-policy"], what).toBe("same-origin");
      expect(response.headers["cross-origin-resource-policy"], what).toBe("same-origin");
    }
    expect(response.headers.server ?? response.headers["x-powered-by"], what).toBeUndefined();
    expect(response.body, what).not.toMatch(leakPattern);
  }
}

/** Expects policies without serious gaps; each row names an app and a path. */
export async function expectStrictPolicies(urls: Readonly<Record<string, string>>, rows: readonly Row[]) {
  for (const { app = "", path = "" } of rows) {
    const { headers } = await sendRaw(urls[app] ?? "", { method: "GET", path, headers: { Accept: "text/html" } });
    expect(seriousFindings(String(headers["content-security-policy"])), `${app} ${path}`).toEqual([]);
  }
}

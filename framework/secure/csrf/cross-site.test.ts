import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { refuseCrossSite } from "./cross-site.ts";

describe("refuseCrossSite", () => {
  const app = new Hono().use(refuseCrossSite()).all("/", (c) => c.text("done"));

  it.each(["cross-site", "same-site", "bogus"])("refuses a POST with Sec-Fetch-Site: %s", async (site) => {
    expect((await app.request("/", { method: "POST", headers: { "Sec-Fetch-Site": site } })).status).toBe(403);
  });

  it("allows GET, our own pages and clients that aren't browsers", async () => {
    const link = await app.request("/", { headers: { "Sec-Fetch-Site": "cross-site" } });
    const form = await app.request("/", { method: "POST", headers: { "Sec-Fetch-Site": "same-origin" } });
    const script = await app.request("/", { method: "POST" });

    expect([link.status, form.status, script.status]).toEqual([200, 200, 200]);
  });
});

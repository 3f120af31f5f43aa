import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { type HostAllowListOptions, hostAllowList } from "./host-allow-list.ts";

async function statusFor(
  request: { host?: string; url?: string; rawHeaders?: string[] },
  options: Partial<HostAllowListOptions> = {},
) {
  const app = new Hono();
  app.use(hostAllowList({ appUrl: "https://app.example", hosts: [".wild.example"], ...options }));
  app.all("*", (c) => c.text("ok"));
  const headers: Record<string, string> = request.host === undefined ? {} : { Host: request.host };
  const env = request.rawHeaders ? { incoming: { rawHeaders: request.rawHeaders } } : undefined;
  return (await app.request(request.url ?? "http://app.example/", { headers }, env)).status;
}

describe("hostAllowList", () => {
  it.each([
    "app.example",
    "APP.example:8080",
    "a.wild.example",
    "localhost:3000",
    "127.0.0.1",
    "[::1]:3000",
    "x.localhost",
  ])("allows %s", async (host) => {
    expect(await statusFor({ host, url: `http://${host}/` })).toBe(200);
  });

  it.each([
    "evil.example",
    "app.example.evil.example",
    "wild.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
  ])("refuses %s", async (host) => {
    expect(await statusFor({ host })).toBe(403);
  });

  it.each(["app.example@evil.example", "app.example, evil.example", "a b", "app.example:99999x", "<script>"])(
    "calls %s malformed",
    async (host) => {
      expect(await statusFor({ host })).toBe(400);
    },
  );

  it("checks the target of an absolute-form request too", async () => {
    expect(await statusFor({ host: "app.example", url: "http://evil.example/" })).toBe(403);
  });

  it("refuses several Host headers", async () => {
    const rawHeaders = ["Host", "app.example", "Accept", "*/*", "host", "evil.example"];

    expect(await statusFor({ host: "app.example", rawHeaders })).toBe(400);
  });

  it("allows health checks on any host", async () => {
    expect(await statusFor({ host: "10.1.2.3", url: "http://10.1.2.3/healthz" })).toBe(200);
  });

  it("refuses loopback names if configured", async () => {
    expect(await statusFor({ host: "localhost" }, { allowLoopback: false })).toBe(403);
  });
});

import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createMemoryRateLimits } from "./memory-rate-limits.ts";
import { type RateLimitOptions, rateLimit, retryAfter } from "./rate-limit.ts";
import { createRateLimiter } from "./rate-limiter.ts";

function createApp(options: Partial<RateLimitOptions> = {}) {
  const limiter = createRateLimiter({ store: createMemoryRateLimits() });
  const app = new Hono();
  app.use(async (c, next) => {
    c.set("clientAddress", c.req.header("X-Test-Address") ?? "192.0.2.1");
    await next();
  });
  app.get("/", rateLimit({ limiter, name: "home", limit: 2, windowMs: 60_000, ...options }), (c) => c.text("ok"));
  return app;
}

describe("rateLimit", () => {
  it("responds with 429 and Retry-After", async () => {
    const app = createApp();

    const answers = [await app.request("/"), await app.request("/"), await app.request("/")];

    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
    expect(Number(answers[2]?.headers.get("Retry-After"))).toBeGreaterThan(50);
  });

  it("keeps htmx from swapping the refusal into the page", async () => {
    const app = createApp({ limit: 0 });

    const plain = await app.request("/");
    const htmx = await app.request("/", { headers: { "HX-Request": "true" } });

    expect([plain.headers.get("HX-Reswap"), htmx.headers.get("HX-Reswap")]).toEqual([null, "none"]);
  });

  it("counts an IPv6 network as one client", async () => {
    const app = createApp({ limit: 1 });

    await app.request("/", { headers: { "X-Test-Address": "2001:db8::1" } });
    const neighbor = await app.request("/", { headers: { "X-Test-Address": "2001:db8::2" } });

    expect(neighbor.status).toBe(429);
  });

  it("counts by another key, or not at all", async () => {
    const app = createApp({ limit: 1, key: (c) => c.req.query("user") ?? null });

    const answers = [await app.request("/?user=a"), await app.request("/?user=a"), await app.request("/")];

    expect(answers.map((answer) => answer.status)).toEqual([200, 429, 200]);
  });
});

describe("retryAfter", () => {
  it.each([
    [0, "1"],
    [1000, "1"],
    [1001, "2"],
  ])("rounds %i ms up to whole seconds, at least one", (retryAfterMs, seconds) => {
    expect(retryAfter({ retryAfterMs })).toBe(seconds);
  });
});

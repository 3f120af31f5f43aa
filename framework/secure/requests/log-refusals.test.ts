import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMemoryRateLimits } from "../rate-limits/memory-rate-limits.ts";
import { rateLimit } from "../rate-limits/rate-limit.ts";
import { createRateLimiter } from "../rate-limits/rate-limiter.ts";
import { bodyLimit } from "./body-limit.ts";
import { hostAllowList } from "./host-allow-list.ts";
import { logRefusals, noteRefusal } from "./log-refusals.ts";

const limiter = createRateLimiter({ store: createMemoryRateLimits() });
const rule = { name: "uploads", limit: 1, windowMs: 60_000 };

/** An app that refuses in every way, and what it has logged. */
function start() {
  const lines: object[] = [];
  const app = new Hono();
  app.use(
    logRefusals({ log: { ...silentLogger, warn: (facts, text) => void lines.push({ ...facts, text }) } }),
    hostAllowList({ appUrl: "https://app.example", isExplained: true }),
    bodyLimit({ maxBytes: 10 }),
  );
  app.use("/limited", rateLimit({ ...rule, limiter, key: () => "everybody" }));
  app.all("/limited", (c) => c.text("done"));
  app.post("/read", async (c) => c.text(await c.req.text()));
  app.get("/status/:status", (c) => new Response("no", { status: Number(c.req.param("status")) }));
  app.get("/logged", (c) => {
    noteRefusal(c, "logged");
    return c.text("no", 403);
  });
  app.get("/noted", (c) => {
    noteRefusal(c, { reason: "wrong token" });
    return c.text("no", 401);
  });
  const ask = (path: string, init: RequestInit = {}) => app.request(`https://app.example${path}`, init);
  return { app, ask, lines };
}

describe("logRefusals", () => {
  it("logs a host that isn't allowed, which the response explains in development", async () => {
    const { app, lines } = start();

    const refused = await app.request("https://other.example/secret");

    expect(await refused.text()).toBe(
      "Host not allowed: it isn't that of appUrl, https://app.example. List other hosts in secure.hosts.",
    );
    expect(lines).toMatchObject([
      { reason: "host not allowed", host: "other.example", path: "/secret", status: 403, text: "request refused" },
    ]);
  });

  it("logs a malformed host", async () => {
    const { ask, lines } = start();

    await ask("/", { headers: { Host: "a b" } });

    expect(lines).toMatchObject([{ reason: "malformed host", host: "a b", status: 400 }]);
  });

  it("logs a rate limit that is reached", async () => {
    const { ask, lines } = start();

    await ask("/limited");
    await ask("/limited");

    expect(lines).toMatchObject([{ reason: "rate limit uploads", limit: 1, path: "/limited", status: 429 }]);
  });

  it("logs a body that is too large, by its length and while it is read", async () => {
    const { ask, lines } = start();
    const body = "more than ten characters";

    await ask("/read", { method: "POST", body, headers: { "Content-Length": String(body.length) } });
    const stream = new Response(body).body;
    await ask("/read", { method: "POST", body: stream, duplex: "half" } as RequestInit);

    const err = { code: "SECURE_BODY_TOO_LARGE", hint: expect.stringContaining("secure.maxBytes") };
    expect(lines).toMatchObject([{ reason: "SECURE_BODY_TOO_LARGE", err, method: "POST", status: 413 }]);
  });

  it("logs refusals without a reason by their status, once each", async () => {
    const { ask, lines } = start();

    for (const status of [200, 303, 401, 404, 422, 500]) await ask(`/status/${status}`);
    expect(lines).toEqual([]);

    const refused = [400, 403, 405, 413, 415, 429, 503];
    for (const status of [...refused, ...refused]) await ask(`/status/${status}`);

    expect(lines).toMatchObject(refused.map((status) => ({ status, path: `/status/${status}` })));
  });

  it("logs what was noted, whatever the status, and nothing twice", async () => {
    const { ask, lines } = start();

    await ask("/logged");
    await ask("/noted");

    expect(lines).toMatchObject([{ reason: "wrong token", status: 401 }]);
  });
});

import { Hono } from "hono";
import { inspectRoutes } from "hono/dev";
import { describe, expect, it } from "vitest";
import { createGuard, type GuardVerdict } from "./guard.ts";

const RequireAnn = createGuard({
  name: "RequireAnn",
  allows: (c) => c.req.query("name") === "ann" && { name: "Ann" },
  refuse: (c) => c.text("Only Ann.", 401),
});
const RequireHat = createGuard({
  name: "RequireHat",
  after: RequireAnn,
  allows: async (c) => (c.req.query("hat") ? { hat: `${c.var.name}'s ${c.req.query("hat")}` } : null),
});

function createApp(guard = RequireHat) {
  return new Hono().get("/", guard, (c) => c.text(c.var.hat));
}

describe("createGuard", () => {
  it("makes middleware that passes with the variables of its verdict and of the guard before it", async () => {
    const response = await createApp().request("/?name=ann&hat=beret");

    expect([response.status, await response.text()]).toEqual([200, "Ann's beret"]);
  });

  it("refuses in its own way, or like the guard before it", async () => {
    const stranger = await createApp().request("/?hat=beret");
    const hatless = await createApp().request("/?name=ann");

    expect([stranger.status, await stranger.text()]).toEqual([401, "Only Ann."]);
    expect([hatless.status, await hatless.text()]).toEqual([403, ""]);
  });

  it("tells whether a request may pass without responding to it", async () => {
    const app = new Hono().get("/", async (c) => c.json([await RequireAnn.allows(c), await RequireHat.allows(c)]));

    expect(await (await app.request("/?name=ann&hat=beret")).json()).toEqual([true, true]);
    expect(await (await app.request("/?name=ann")).json()).toEqual([true, false]);
    expect(await (await app.request("/?hat=beret")).json()).toEqual([false, false]);
  });

  it.each([
    ["false", false],
    ["null", null],
    ["undefined", undefined],
    ["a response", new Response("ok")],
    ["a list", [true]],
    ["a function", () => true],
    ["a result that isn't ok", { ok: false, retryAfterMs: 10 }],
  ] satisfies [string, GuardVerdict][])("refuses when the verdict is %s", async (_name, verdict) => {
    const guard = createGuard({ name: "RequireLuck", allows: () => verdict });
    const app = new Hono().get("/", guard, (c) => c.text("in"));

    expect((await app.request("/")).status).toBe(403);
  });

  it("waits for promises of other kinds", async () => {
    const later: Promise<boolean> = JSON.parse("{}");
    // biome-ignore lint/suspicious/noThenProperty: that is what this is about
    Object.assign(later, { then: (settle: (verdict: boolean) => void) => settle(false) });
    const guard = createGuard({ name: "RequireLuck", allows: () => later });
    const app = new Hono().get("/", guard, (c) => c.text("in"));

    expect((await app.request("/")).status).toBe(403);
  });

  it("lets nobody in when it throws", async () => {
    const guard = createGuard({
      name: "RequireLuck",
      allows() {
        throw new RangeError("out of luck");
      },
    });
    const app = new Hono().get("/", guard, (c) => c.text("in")).onError((error, c) => c.text(error.message, 500));

    const response = await app.request("/");

    expect([response.status, await response.text()]).toEqual([500, "out of luck"]);
  });

  it("names the middleware, even if a bundler renames functions", () => {
    const [middleware] = inspectRoutes(createApp());

    expect(middleware).toMatchObject({ name: "RequireHat", isMiddleware: true });
  });
});

import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";

let app: Hono;
let kit: Kit;

beforeEach(async () => {
  app = new Hono();
  kit = await createKit(app, {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: "sqlite::memory:",
    log: silentLogger,
    auth: false,
  });
});

afterEach(() => kit.close());

describe("an app without accounts", () => {
  it("has no account pages", async () => {
    const paths = ["/login", "/register", "/forgot-password", "/account", "/confirm-password"];

    const answers = await Promise.all(paths.map((path) => app.request(path)));

    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
  });

  it("has no links to account pages in its default layout", async () => {
    app.get("/", (c) => c.render("Hello", { title: "Start" }));

    const page = await (await app.request("/")).text();

    expect(page).toContain("Hello");
    expect(page).not.toMatch(/\/login|\/account/);
  });

  it("considers nobody logged in, and leaves the session cookie of another app on this host alone", async () => {
    app.get("/who", (c) => c.json([c.var.user, c.var.session]));

    const answer = await app.request("/who", { headers: { Cookie: `sid=${"x".repeat(43)}` } });

    expect(await answer.json()).toEqual([null, null]);
    expect(answer.headers.get("Set-Cookie")).toBeNull();
  });

  it("opens streams for everyone, whatever cookies they send", async () => {
    const headers = { Accept: "text/event-stream", Cookie: `sid=${"x".repeat(43)}` };

    const answer = await app.request("/events", { headers });
    await answer.body?.cancel();

    expect(answer.status).toBe(200);
    expect(kit.broker.stats().opened).toBe(1);
  });
});

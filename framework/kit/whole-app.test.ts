import { Hono } from "hono";
import { inspectRoutes } from "hono/dev";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createMemorySender, type MemorySender } from "../../mail/index.ts";
import { createMemoryUserStore } from "../auth/index.ts";
import { createId, hashToken, silentLogger } from "../base/index.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";
import type { Config } from "./settings/config.ts";

const opened: Kit[] = [];
const waitOptions = { timeout: 10_000, interval: 10 };
const ann = { name: "Ann", email: "ann@example.com", password: "correct horse battery" };

afterEach(async () => {
  for (const kit of opened.splice(0)) await kit.close();
});

async function start(config: Config = {}): Promise<{ app: Hono; kit: Kit; sender: MemorySender }> {
  const app = new Hono();
  const sender = createMemorySender();
  const kit = await createKit(app, {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: "sqlite::memory:",
    log: silentLogger,
    mail: { sender },
    ...config,
    jobs: { pollMs: 20, ...config.jobs },
  });
  opened.push(kit);
  return { app, kit, sender };
}

function post(app: Hono, path: string, form: Record<string, string>) {
  const headers = { "Sec-Fetch-Site": "same-origin", Accept: "text/html" };
  return app.request(`http://localhost:3000${path}`, { method: "POST", headers, body: new URLSearchParams(form) });
}

describe("a whole app", () => {
  it("describes its public pages to search engines", async () => {
    const { app } = await start();

    for (const path of ["/login", "/register", "/forgot-password"]) {
      const page = await (await app.request(`http://localhost:3000${path}`)).text();

      expect(page, path).toMatch(/<meta name="description" content="[^"]{20,}"/);
    }
  });

  it("mails a new user a confirmation and then a welcome, both delivered by jobs through the app's own sender", async () => {
    const { app, kit, sender } = await start();

    await post(app, "/register", ann);
    await vi.waitFor(() => expect(sender.sent).toHaveLength(1), waitOptions);
    const token = /token=([\w-]{43})/.exec(sender.sent[0]?.text ?? "")?.[1] ?? "";
    await post(app, "/verify-email", { token, password: ann.password });
    await vi.waitFor(() => expect(sender.sent).toHaveLength(2), waitOptions);

    expect(sender.sent.map(({ subject, to }) => [subject, to[0]?.address])).toEqual([
      [expect.stringContaining("Confirm"), ann.email],
      [expect.stringContaining("Welcome"), ann.email],
    ]);
    await vi.waitFor(async () => expect((await kit.jobs.list("done")).length).toBe(2), waitOptions);
    expect((await kit.jobs.list("done")).map(({ name }) => name)).toEqual(["mail.deliver", "mail.deliver"]);
  });

  it("treats the names of one machine as the same in development, and in production only as its own origin", async () => {
    const production: Config = { dev: false, appUrl: "http://localhost:3000", migrate: true };
    const between = { "Sec-Fetch-Site": "cross-site", Origin: "http://127.0.0.1:3000" };
    const postTo = async ({ app }: { app: Hono }) =>
      (await app.request("http://localhost:3000/logout", { method: "POST", headers: between })).status;

    const statuses = [await postTo(await start()), await postTo(await start(production))];

    expect(statuses).toEqual([303, 403]);
  });

  it("deletes only expired sessions and tokens, on schedule", async () => {
    const time = { now: Date.UTC(2026, 0, 1, 12) };
    const { kit } = await start({ clock: { now: () => time.now } });
    const userId = createId();
    await kit.auth.users.insert({
      ...{ id: userId, email: ann.email, name: ann.name, role: "member", passwordHash: null },
      ...{ emailVerifiedAt: null, avatarUrl: null, disabledAt: null, createdAt: time.now, lastLoginAt: null },
    });
    const session = (name: string, expires_at: number) => ({
      ...{ id: hashToken(name), user_id: userId, expires_at, created_at: 1, last_seen_at: 1 },
      absolute_expires_at: expires_at,
    });
    const token = (name: string, expires_at: number) => ({
      ...{ id: hashToken(name), user_id: userId, purpose: "verify-email", email: ann.email, expires_at, created_at: 1 },
    });
    const later = time.now + 10 * 60 * 60_000;
    await kit.db
      .insertInto("sessions")
      .values([session("old", time.now), session("good", later)])
      .execute();
    await kit.db
      .insertInto("tokens")
      .values([token("old", time.now), token("good", later)])
      .execute();

    time.now += 60 * 60_000;

    const ids = async (table: "sessions" | "tokens") =>
      (await kit.db.selectFrom(table).select("id").execute()).map(({ id }) => id);
    await vi.waitFor(async () => expect(await ids("tokens")).toEqual([hashToken("good")]), waitOptions);
    expect(await ids("sessions")).toEqual([hashToken("good")]);
    await vi.waitFor(async () => expect((await kit.jobs.list("done"))[0]?.name).toBe("buffkit:clean"), waitOptions);
  });

  it("runs its middleware around every route in a fixed order", async () => {
    const { app } = await start();

    const names = inspectRoutes(app)
      .filter(({ isMiddleware, path }) => isMiddleware && path === "/*")
      .map(({ name }) => name);

    expect(names.filter((name) => !name.startsWith("["))).toEqual([
      "requestId",
      "readClientAddress",
      "limitUnreadResponses",
      "provideKit",
      "warnAboutRedirects",
      "logRefusals",
      "secureHeaders",
      "wrapThrownValues",
      "hostAllowList",
      "varyOn",
      "bodyLimit",
      "readSession",
      "csrf",
      "flash",
      "formPosts",
      "refuseNul",
      "wrapThrownValues",
    ]);
  });

  it("rejects a request in an outer check without running the inner ones", async () => {
    const { app } = await start();
    const headers = { Cookie: "sid=made-up", Host: "evil.example", "Sec-Fetch-Site": "cross-site" };

    const answer = await app.request("http://evil.example/login", { method: "POST", headers });

    // The host check runs before sessions, which would clear a made-up cookie.
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("Host not allowed")]);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  });

  it("serves files with security headers but without cookies or form tokens", async () => {
    const { app, kit } = await start();

    const answer = await app.request(kit.appUrl + kit.assets.url("buffkit.css"), {
      headers: { Cookie: "sid=made-up" },
    });

    expect(answer.status).toBe(200);
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect([...answer.headers.keys()].filter((name) => name.includes("csrf"))).toEqual([]);
  });

  it("uses the app's own user store: the table stays empty, and users can register and log in", async () => {
    const users = createMemoryUserStore();
    const { app, kit, sender } = await start({ auth: { users } });

    await post(app, "/register", ann);
    await vi.waitFor(() => expect(sender.sent).toHaveLength(1), waitOptions);
    const answer = await post(app, "/login", ann);

    expect(answer.headers.get("Set-Cookie")).toContain("sid=");
    expect(await users.findByEmail(ann.email)).not.toBeNull();
    expect(await kit.countUsers()).toBe(0);
  });
});

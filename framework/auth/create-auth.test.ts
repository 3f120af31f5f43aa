import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createMail, createMemorySender } from "../../mail/index.ts";
import { silentLogger } from "../base/index.ts";
import { createMigrator, frameworkMigrations, openDatabase } from "../db/index.ts";
import { createSigner } from "../secure/index.ts";
import type { AuthSettings } from "./auth.ts";
import { createAuth } from "./create-auth.ts";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, Visitor } from "./test-app.tsx";
import { newUser } from "./users/user.ts";

const appUrl = "https://app.example";
const signer = createSigner(["a secret for tests that is long enough"]);

function basics() {
  const sender = createMemorySender();
  const mail = createMail({ sender, log: silentLogger, appName: "Team board", appUrl, from: "board@app.example" });
  return { mail, signer, appUrl, secureCookies: true };
}

const statusOf = async (settings: AuthSettings, path: string) => {
  const { app } = createTestApp(settings);
  return (await new Visitor(app).visit(path)).status;
};

describe("createAuth", () => {
  it("needs a database or all five stores", () => {
    expect(() => createAuth(basics())).toThrow(expect.objectContaining({ code: "AUTH_MISSING_STORES" }));
  });

  it("stores everything in the database, by the time of the system", async () => {
    const db = await openDatabase("sqlite::memory:", { log: silentLogger });
    await createMigrator(db, { folders: [frameworkMigrations()] }).up();
    const auth = createAuth({ ...basics(), db, passwords: { memoryKiB: 64, passes: 1 } });
    const app = new Hono().use(auth.middleware());
    app.post("/in", async (c) => {
      const user = await auth.users.findByEmail(ann.email);
      if (user) await auth.logIn(c, user);
      return c.text("");
    });
    app.get("/me", (c) => c.text(c.var.user?.name ?? "nobody"));

    const before = Date.now();
    await auth.addUser(ann);
    const cookie = (await app.request("/in", { method: "POST" })).headers.get("Set-Cookie")?.split(";")[0] ?? "";
    const me = await (await app.request("/me", { headers: { Cookie: cookie } })).text();

    const count = async (table: "users" | "sessions" | "audit_log") =>
      (await db.selectFrom(table).select("id").execute()).length;
    expect([await count("users"), await count("sessions"), await count("audit_log")]).toEqual([1, 1, 2]);
    expect(me).toBe("Ann");
    expect(auth.now()).toBeGreaterThanOrEqual(before);
    expect(auth.now()).toBeLessThanOrEqual(Date.now());
    await db.destroy();
  });

  it("says where a login leads, and where the app is", () => {
    expect(createTestApp().auth).toMatchObject({ afterLogin: "/", appUrl });
    expect(createTestApp({ afterLogin: "/boards" }).auth.afterLogin).toBe("/boards");
  });

  it("leads to the login after a logout, or where the app wants", async () => {
    const leadsTo = async (settings: AuthSettings) =>
      (await new Visitor(createTestApp(settings).app).post("/logout")).headers.get("Location");

    expect([await leadsTo({}), await leadsTo({ afterLogout: "/bye" })]).toEqual(["/login", "/bye"]);
  });

  it("lets people register unless it may not", async () => {
    expect([await statusOf({}, "/register"), await statusOf({ canRegister: false }, "/register")]).toEqual([200, 404]);
  });

  it("deletes what has expired, and says how much", async () => {
    const test = createTestApp();
    await registerAnn(test);
    await logInAnn(test);
    await new Visitor(test.app).post("/forgot-password", { email: ann.email });
    await test.settle();
    const early = await test.auth.deleteExpired();

    test.clock.time += 14 * 24 * 60 * 60_000;

    expect(early).toEqual({ sessions: 0, tokens: 0, auditEntries: 0 });
    expect(await test.auth.deleteExpired()).toEqual({ sessions: 1, tokens: 2, auditEntries: 0 });
  });
});

describe("auth.logIn", () => {
  async function logInAs(isRemembered?: boolean) {
    const test = createTestApp();
    const user = newUser({ ...ann, passwordHash: null, createdAt: test.clock.time });
    await test.auth.users.insert(user);
    test.app.get("/in", async (c) => {
      await test.auth.logIn(c, user, isRemembered === undefined ? {} : { isRemembered });
      return c.text(c.var.user?.name ?? "");
    });
    return { test, user };
  }

  it("starts a session, which ends with the browser unless it is remembered", async () => {
    const cookies = [];
    for (const isRemembered of [undefined, false, true]) {
      const { test } = await logInAs(isRemembered);
      const answer = await new Visitor(test.app).visit("/in");
      cookies.push([await answer.text(), /Max-Age=\d+/.exec(answer.headers.get("Set-Cookie") ?? "")?.[0]]);
    }

    expect(cookies).toEqual([
      ["Ann", undefined],
      ["Ann", undefined],
      ["Ann", "Max-Age=1209600"],
    ]);
  });

  it("throws for a user who is disabled or gone", async () => {
    const { test, user } = await logInAs();
    await test.auth.disable(user.id);
    const disabled = await (await new Visitor(test.app).visit("/in")).text();
    await test.auth.deleteUser(user.id);

    expect([disabled, await (await new Visitor(test.app).visit("/in")).text()]).toEqual([
      "AUTH_UNKNOWN_USER",
      "AUTH_UNKNOWN_USER",
    ]);
    expect(test.ends.map(({ reason }) => reason)).toEqual(["disabled", "deleted"]);
  });

  it("notes the time of the login, and ends the browser's session before", async () => {
    const { test, user } = await logInAs();
    const visitor = new Visitor(test.app);
    await visitor.visit("/in");
    test.clock.time += 1000;

    await visitor.visit("/in");

    expect((await test.auth.users.findById(user.id))?.lastLoginAt).toBe(test.clock.time);
    expect(test.ends.map(({ reason }) => reason)).toEqual(["logout"]);
    expect(await test.auth.sessions.list(user.id)).toHaveLength(1);
  });
});

describe("links in mails", () => {
  it("die when the address of the account changes, and not when anything else does", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const { users } = test.auth;
    const id = (await users.findByEmail(ann.email))?.id ?? "";
    const visitor = new Visitor(test.app);
    await visitor.post("/forgot-password", { email: ann.email });
    const token = await mailedToken(test);
    const status = async () => (await visitor.visit(`/reset-password?token=${token}`)).status;

    await users.update(id, { name: "Anna" });
    const afterName = await status();
    await users.update(id, { email: "anna@example.com" });
    await users.update(id, { email: ann.email });

    expect([afterName, await status()]).toEqual([200, 400]);
  });
});

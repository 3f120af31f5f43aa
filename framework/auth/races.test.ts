import { describe, expect, it, vi } from "vitest";
import { silentLogger } from "../base/index.ts";
import { totpCode } from "./second-factor/totp.ts";
import { createMemorySessionStore } from "./sessions/memory-session-store.ts";
import { createSessions } from "./sessions/sessions.ts";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, Visitor } from "./test-app.tsx";
import { createMemoryUserStore } from "./users/memory-user-store.ts";

const isLoggedIn = async (visitor: Visitor) => (await visitor.visit("/account")).status === 200;

/** Ann's account, and a way to run something while her next session is being stored. */
async function prepare() {
  const sessionStore = createMemorySessionStore();
  const test = createTestApp({ sessionStore });
  await registerAnn(test);
  const insert = sessionStore.insert;
  function duringLogin(work: () => Promise<unknown>): void {
    sessionStore.insert = async (session) => {
      sessionStore.insert = insert;
      await work();
      await insert(session);
    };
  }
  const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";
  return { test, duringLogin, id };
}

describe("a login in progress", () => {
  it("fails if the password changes in the meantime", async () => {
    const { test, duringLogin } = await prepare();
    const attacker = new Visitor(test.app);
    await new Visitor(test.app).post("/forgot-password", { email: ann.email });
    const token = await mailedToken(test);
    const password = "quite another horse battery";
    duringLogin(() =>
      new Visitor(test.app).post("/reset-password", { token, password, password_confirmation: password }),
    );

    await attacker.post("/login", ann);

    expect(await isLoggedIn(attacker)).toBe(false);
    expect(test.ends.map(({ reason }) => reason)).toContain("password-changed");
  });

  it("fails if the account is disabled in the meantime, even if it is enabled again", async () => {
    const { test, duringLogin, id } = await prepare();
    const visitor = new Visitor(test.app);
    duringLogin(() => test.auth.disable(id));

    await visitor.post("/login", ann);
    await test.auth.enable(id);

    expect(await isLoggedIn(visitor)).toBe(false);
  });

  it("fails if the account is deleted in the meantime", async () => {
    const { test, duringLogin, id } = await prepare();
    const visitor = new Visitor(test.app);
    duringLogin(() => test.auth.deleteUser(id));

    await visitor.post("/login", ann);

    expect(await isLoggedIn(visitor)).toBe(false);
    expect(await test.sessionStore.list(id)).toEqual([]);
  });

  it("fails without a code if two-step login is turned on in the meantime", async () => {
    const { test, duringLogin } = await prepare();
    const owner = await logInAnn(test);
    const page = await (await owner.visit("/account/second-factor")).text();
    const secret = /secret=([A-Z2-7]+)/.exec(page)?.[1] ?? "";
    const setup = /name="setup" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const attacker = new Visitor(test.app);
    duringLogin(() => owner.post("/account/second-factor", { setup, code: totpCode(secret, test.clock.now()) }));

    await attacker.post("/login", ann);

    expect(await isLoggedIn(attacker)).toBe(false);
    expect(await isLoggedIn(owner)).toBe(true);
  });

  it("succeeds if only the digest is upgraded in the meantime", async () => {
    const { test } = await prepare();

    expect(await isLoggedIn(await logInAnn(test))).toBe(true);
  });
});

describe("ending all sessions", () => {
  it("also ends a session that gets a new id in the meantime", async () => {
    const store = createMemorySessionStore();
    const clock = { now: () => 1_000 };
    const sessions = createSessions({ store, users: createMemoryUserStore(), clock, log: silentLogger });
    const { session } = await sessions.start({ userId: "u1", isRemembered: false, address: null, userAgent: null });
    const list = store.list;
    store.list = async (userId) => {
      store.list = list;
      const found = await list(userId);
      await sessions.rotate(session);
      return found;
    };

    await sessions.endAll("u1", "password-changed");

    expect(await store.list("u1")).toEqual([]);
  });
});

describe("the session that continues when all others end", () => {
  it("ends, too, if a copy of its token is rotated at the same moment", async () => {
    const sessionStore = createMemorySessionStore();
    const test = createTestApp({ sessionStore });
    await registerAnn(test);
    const owner = await logInAnn(test);
    const thief = new Visitor(test.app);
    thief.cookies.set("__Host-sid", owner.cookies.get("__Host-sid") ?? "");
    const password = "quite another horse battery";
    const { list } = sessionStore;
    sessionStore.list = async (userId) => {
      sessionStore.list = list;
      const found = await list(userId);
      await thief.post("/account/confirm", { password });
      return found;
    };

    await owner.post("/account/password", {
      current_password: ann.password,
      password,
      password_confirmation: password,
    });

    expect(await isLoggedIn(thief)).toBe(false);
  });

  it("gets a new token after an email change, so that a copy of the old one is worthless", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const owner = await logInAnn(test);
    const thief = new Visitor(test.app);
    thief.cookies.set("__Host-sid", owner.cookies.get("__Host-sid") ?? "");
    await owner.post("/account/email", { email: "new@example.com" });
    await owner.post("/change-email", { token: await mailedToken(test) });

    await owner.post("/change-email", { token: await mailedToken(test) });

    expect([await isLoggedIn(owner), await isLoggedIn(thief)]).toEqual([true, false]);
  });
});

describe("a password reset link", () => {
  it("stays valid if the machine is too busy to hash the password", async () => {
    let isDone = () => {};
    const holding = new Promise<boolean>((resolve) => {
      isDone = () => resolve(false);
    });
    const verifyBcrypt = () => holding;
    const test = createTestApp({ passwords: { maxRunning: 1, maxWaiting: 0, verifyBcrypt } });
    await registerAnn(test);
    await new Visitor(test.app).post("/forgot-password", { email: ann.email });
    const token = await mailedToken(test);
    const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";
    const password = "quite another horse battery";
    const form = { token, password, password_confirmation: password };

    await test.auth.users.update(id, { passwordHash: `$2b$10$${"a".repeat(53)}` });
    const holder = new Visitor(test.app).post("/login", ann);
    await vi.waitFor(async () => expect((await new Visitor(test.app).post("/login", ann)).status).toBe(503));
    const busy = await new Visitor(test.app).post("/reset-password", form);
    isDone();
    await holder;
    const again = await new Visitor(test.app).post("/reset-password", form);

    expect(busy.status).toBe(503);
    expect(again.headers.get("Location")).toBe("/login");
  });
});

describe("someone who registers with another person's address", () => {
  it("can't turn on a second step that would lock the owner out", async () => {
    const test = createTestApp();
    const attacker = new Visitor(test.app);
    await attacker.post("/register", ann);
    await attacker.post("/login", ann);

    const answer = await attacker.visit("/account/second-factor");

    expect(answer.headers.get("Location") ?? "").toContain("/verify-email");
  });
});

describe("a late request with the token from before a rotation", () => {
  it("leaves the browser logged in", async () => {
    const { test } = await prepare();
    const browser = await logInAnn(test);
    const late = new Visitor(test.app);
    for (const [name, value] of browser.cookies) late.cookies.set(name, value);

    await browser.post("/account/confirm", { password: ann.password });
    const answer = await late.post("/account/profile", { name: "Ann" });

    expect(answer.status).toBe(303);
    expect(answer.headers.getSetCookie().filter((line) => line.startsWith("__Host-sid"))).toEqual([]);
    expect(await isLoggedIn(browser)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { ann, createTestApp, logInAnn, mailedToken, newestMail, registerAnn, Visitor } from "../test-app.tsx";

const fresh = { password: "a fresh pass phrase", password_confirmation: "a fresh pass phrase" };

/** Somebody has created an account with Ann's address and logged in to it; Ann gets the link. */
async function claim() {
  const test = createTestApp({ afterLogin: "/boards" });
  const stranger = new Visitor(test.app);
  await stranger.post("/register", ann);
  const token = await mailedToken(test);
  await stranger.post("/login", ann);
  const isLoggedIn = async () => (await stranger.visit("/account")).status === 200;
  const confirmedAt = async () => (await test.auth.users.findByEmail(ann.email))?.emailVerifiedAt ?? null;
  return { test, stranger, token, isLoggedIn, confirmedAt, owner: new Visitor(test.app) };
}

describe("confirming an address in another browser", () => {
  it("asks for the password, and confirms nothing without it", async () => {
    const { owner, token, confirmedAt, isLoggedIn } = await claim();

    const page = await (await owner.visit(`/verify-email?token=${token}`)).text();
    const statuses = [
      (await owner.post("/verify-email", { token })).status,
      (await owner.post("/verify-email", { token, password: "not the password" })).status,
    ];

    expect(page).toContain('type="password"');
    expect(page).toContain(`href="/verify-email/password?token=${token}"`);
    expect(statuses).toEqual([422, 422]);
    expect([await confirmedAt(), await isLoggedIn()]).toEqual([null, true]);
  });

  it("logs in with the password, and ends all other sessions", async () => {
    const { owner, token, confirmedAt, isLoggedIn } = await claim();

    const answer = await owner.post("/verify-email", { token, password: ann.password });

    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/boards"]);
    expect((await owner.visit("/account")).status).toBe(200);
    expect([await confirmedAt(), await isLoggedIn()]).toEqual([expect.any(Number), false]);
  });

  it("logs in until the browser is closed, because nobody asked to be remembered", async () => {
    const { owner, token } = await claim();

    const answer = await owner.post("/verify-email", { token, password: ann.password });

    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("__Host-sid=") && !/=;/.test(line));
    expect(cookie).toBeDefined();
    expect(cookie).not.toMatch(/Max-Age|Expires/i);
  });

  it("lets the owner choose a new password, which locks the stranger out", async () => {
    const { test, stranger, owner, token, confirmedAt, isLoggedIn } = await claim();

    const shown = await owner.visit(`/verify-email/password?token=${token}`);
    const answer = await owner.post("/verify-email/password", { token, ...fresh });
    const mail = await newestMail(test);
    const logins = [
      (await stranger.post("/login", ann)).status,
      (await owner.post("/login", { ...ann, ...fresh })).status,
    ];

    expect([shown.status, shown.headers.get("Referrer-Policy")]).toEqual([200, "no-referrer"]);
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/login"]);
    expect(mail?.subject).toBe("Welcome to Team board");
    expect([await confirmedAt(), await isLoggedIn()]).toEqual([expect.any(Number), false]);
    expect(logins).toEqual([422, 303]);
  });

  it("limits how many passwords can be tried", async () => {
    const { owner, token } = await claim();
    const guess = () => owner.post("/verify-email", { token, password: "not the password" });

    const statuses: number[] = [];
    for (let time = 0; time < 11; time++) statuses.push((await guess()).status);
    const right = await owner.post("/verify-email", { token, password: ann.password });

    expect([statuses.at(9), statuses.at(10), right.status]).toEqual([422, 429, 429]);
  });

  it("asks for no password where the account is logged in, and keeps that session alone", async () => {
    const { test, owner, token, isLoggedIn } = await claim();
    await owner.post("/login", ann);

    const answer = await owner.post("/verify-email", { token });

    expect(answer.headers.get("Location")).toBe("/boards");
    expect([(await owner.visit("/account")).status, await isLoggedIn()]).toEqual([200, false]);
    expect(test.ends.map(({ reason }) => reason)).toEqual(["revoked"]);
  });

  it("doesn't change who is logged in to another account", async () => {
    const { test, owner, token, confirmedAt } = await claim();
    await owner.post("/register", { ...ann, email: "bob@example.com" });
    await owner.post("/login", { ...ann, email: "bob@example.com" });

    await owner.post("/verify-email", { token, password: ann.password });

    expect(await (await owner.visit("/account")).text()).toContain("bob@example.com");
    expect(await confirmedAt()).toBe(test.clock.time);
  });

  it("tells in the mail what it does", async () => {
    const test = createTestApp();
    await new Visitor(test.app).post("/register", ann);

    const text = (await newestMail(test))?.text.replaceAll(/\s+/g, " ");

    expect(text).toContain("we ask for the password, or let you choose a new one, and log out everybody else");
  });
});

describe("confirming a new address", () => {
  it("asks a browser that isn't logged in for the password of the account that wants the address", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const stranger = await logInAnn(test);
    await stranger.post("/account/email", { email: "victim@example.com" });
    await stranger.post("/change-email", { token: await mailedToken(test) });
    const token = await mailedToken(test);
    const victim = new Visitor(test.app);

    const page = await (await victim.visit(`/change-email?token=${token}`)).text();
    const statuses = [
      (await victim.post("/change-email", { token })).status,
      (await victim.post("/change-email", { token, password: "a guess of mine" })).status,
    ];
    const before = await test.auth.users.findByEmail("victim@example.com");
    statuses.push((await victim.post("/change-email", { token, password: ann.password })).status);

    expect(page).toContain('type="password"');
    expect(statuses).toEqual([422, 422, 303]);
    expect([before, (await test.auth.users.findByEmail("victim@example.com"))?.name]).toEqual([null, ann.name]);
  });
});

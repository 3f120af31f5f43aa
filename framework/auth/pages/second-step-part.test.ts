import { describe, expect, it } from "vitest";
import { totpCode } from "../second-factor/totp.ts";
import { ann, createTestApp, logInAnn, newestMail, registerAnn, type TestApp, Visitor } from "../test-app.tsx";

/** Ann in a logged-in browser, one minute after turning on the second step. */
async function prepare() {
  const test = createTestApp();
  await registerAnn(test);
  const browser = await logInAnn(test);
  const page = await (await browser.visit("/account/second-factor")).text();
  const secret = (/class="key">([A-Z2-7-]+)</.exec(page)?.[1] ?? "").replaceAll("-", "");
  const setup = /name="setup" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const answer = await browser.post("/account/second-factor", { setup, code: totpCode(secret, test.clock.time) });
  const recovery = [...(await answer.text()).matchAll(/<code>([A-Z2-7-]{19})<\/code>/g)].map(([, code = ""]) => code);
  test.clock.time += 60_000;
  return { test, browser, secret, recovery, code: () => totpCode(secret, test.clock.time) };
}

const hasSession = async (visitor: Visitor) => (await visitor.visit("/account")).status === 200;

async function actions(test: TestApp): Promise<readonly string[]> {
  const user = await test.auth.users.findByEmail(ann.email);
  return (await test.audit.list(user?.id ?? "", 50)).map(({ action }) => action);
}

describe("a login with a second step", () => {
  it("asks for the code after the password, and only then starts a session", async () => {
    const { test, code } = await prepare();
    const visitor = new Visitor(test.app);

    const first = await visitor.post("/login", { ...ann, next: "/boards?x=1" });
    const between = await hasSession(visitor);
    const page = await visitor.visit(first.headers.get("Location") ?? "");
    const second = await visitor.post("/login/code", { code: code(), next: "/boards?x=1" });

    expect(first.headers.get("Location")).toBe("/login/code?next=%2Fboards%3Fx%3D1");
    expect([between, page.status]).toEqual([false, 200]);
    expect(second.headers.get("Location")).toBe("/boards?x=1");
    expect(await hasSession(visitor)).toBe(true);
  });

  it("remembers whether to keep the browser logged in", async () => {
    const { test, code } = await prepare();
    const visitor = new Visitor(test.app);

    await visitor.post("/login", { ...ann, remember: "on" });
    const answer = await visitor.post("/login/code", { code: code() });

    expect(answer.headers.getSetCookie().find((cookie) => cookie.startsWith("__Host-sid="))).toContain("Max-Age");
  });

  it("accepts a recovery code once", async () => {
    const { test, recovery } = await prepare();
    const code = recovery[0] ?? "";

    const results = [];
    for (let time = 0; time < 2; time++) {
      const visitor = await logInAnn(test);
      await visitor.post("/login/code", { code });
      results.push(await hasSession(visitor));
    }

    expect(results).toEqual([true, false]);
    expect(await actions(test)).toContain("recovery-code-used");
  });

  it("doesn't accept an observed code a second time", async () => {
    const { test, code } = await prepare();
    const [victim, attacker] = [await logInAnn(test), await logInAnn(test)];

    await victim.post("/login/code", { code: code() });
    const answer = await attacker.post("/login/code", { code: code() });

    expect([answer.status, await hasSession(attacker)]).toEqual([422, false]);
    expect(await actions(test)).toContain("second-factor-failed");
  });

  it("limits how many codes can be tried, and lets the owner in after a while", async () => {
    const { test, code } = await prepare();
    const attacker = await logInAnn(test);

    const statuses = [];
    for (let n = 0; n < 7; n++) statuses.push((await attacker.post("/login/code", { code: "000000" })).status);
    test.clock.time += 15 * 60_000;
    const owner = await logInAnn(test);
    await owner.post("/login/code", { code: code() });

    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expect(await hasSession(owner)).toBe(true);
  });

  it("starts over after five minutes, after a password change, and for a disabled account", async () => {
    const { test, code } = await prepare();
    const [late, changed, disabled] = [await logInAnn(test), await logInAnn(test), await logInAnn(test)];
    const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";

    await test.auth.disable(id);
    const whileDisabled = await disabled.post("/login/code", { code: code() });
    await test.auth.enable(id);
    await test.auth.users.update(id, { passwordHash: "$argon2id$another" });
    const afterChange = await changed.post("/login/code", { code: code() });
    test.clock.time += 5 * 60_000;
    const afterwards = await late.post("/login/code", { code: code() });

    for (const answer of [whileDisabled, afterChange, afterwards]) {
      expect(answer.headers.get("Location")).toBe("/login");
    }
    expect(await hasSession(changed)).toBe(false);
  });

  it("can't be started with a forged cookie, or one made for another purpose", async () => {
    const { test, code } = await prepare();
    const registered = new Visitor(test.app);
    await registered.post("/register", { ...ann, email: "bo@example.com" });
    const visitor = new Visitor(test.app);
    visitor.cookies.set("__Host-second-step", registered.cookies.get("__Host-registered") ?? "x");

    const answer = await visitor.post("/login/code", { code: code() });

    expect(answer.headers.get("Location")).toBe("/login");
  });

  it("can't be bypassed by confirming an address or resetting the password", async () => {
    const { test } = await prepare();
    const visitor = new Visitor(test.app);
    await visitor.post("/forgot-password", { email: ann.email });
    const token = /token=([\w-]{43})/.exec((await newestMail(test))?.text ?? "")?.[1] ?? "";
    const password = "quite another horse battery";

    await visitor.post("/reset-password", { token, password, password_confirmation: password });
    const answer = await visitor.post("/login", { email: ann.email, password });

    expect(answer.headers.get("Location")).toBe("/login/code");
    expect(await hasSession(visitor)).toBe(false);
  });
});

describe("turning the second step on and off", () => {
  it("logs out all other devices, notifies the owner, and shows ten recovery codes", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const other = await logInAnn(test);
    const browser = await logInAnn(test);
    const page = await (await browser.visit("/account/second-factor")).text();
    const secret = (/class="key">([A-Z2-7-]+)</.exec(page)?.[1] ?? "").replaceAll("-", "");
    const setup = /name="setup" value="([^"]+)"/.exec(page)?.[1] ?? "";

    const answer = await browser.post("/account/second-factor", { setup, code: totpCode(secret, test.clock.time) });

    expect((await answer.text()).match(/<code>[A-Z2-7-]{19}<\/code>/g)).toHaveLength(10);
    expect(answer.headers.get("Cache-Control")).toContain("no-store");
    expect([await hasSession(browser), await hasSession(other)]).toEqual([true, false]);
    expect((await newestMail(test))?.subject).toContain("turned on");
    expect(await actions(test)).toContain("second-factor-on");
  });

  it("keeps the same key after a wrong first code", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const browser = await logInAnn(test);
    const page = await (await browser.visit("/account/second-factor")).text();
    const setup = /name="setup" value="([^"]+)"/.exec(page)?.[1] ?? "";

    const answer = await browser.post("/account/second-factor", { setup, code: "000000" });

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(setup);
  });

  it("requires a recent login, and a code to turn it off", async () => {
    const { test, browser, code } = await prepare();

    const wrong = await browser.post("/account/second-factor/off", { code: "000000" });
    const right = await browser.post("/account/second-factor/off", { code: code() });
    test.clock.time += 11 * 60_000;
    const late = await browser.visit("/account/second-factor");

    expect([wrong.status, right.status]).toEqual([422, 303]);
    expect(late.headers.get("Location")).toContain("/account/confirm");
    expect(await hasSession(await logInAnn(test))).toBe(true);
  });

  it("limits how many codes can be tried to turn it off", async () => {
    const { test, browser, code } = await prepare();
    const turnOff = async (given: string) => await browser.post("/account/second-factor/off", { code: given });

    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await turnOff("000000")).status);
    const limited = await turnOff(code());
    test.clock.time += 5 * 60_000;
    const later = await turnOff(code());

    expect([...statuses, limited.status, later.status]).toEqual([422, 422, 422, 422, 422, 429, 303]);
    expect(limited.headers.get("Retry-After")).toBe("300");
    expect(await limited.text()).toContain("Try again in 5 minutes.");
    expect((await actions(test)).filter((action) => action === "second-factor-failed")).toHaveLength(5);
  });

  it("says how many recovery codes are left", async () => {
    const { test, browser, recovery } = await prepare();
    const left = async () => {
      const html = await (await browser.visit("/account/second-factor")).text();
      return /You have (\d+ recovery codes?) left/.exec(html)?.[1];
    };
    const counts = [await left()];

    for (const code of recovery.slice(0, 8)) await (await logInAnn(test)).post("/login/code", { code });
    counts.push(await left());
    await (await logInAnn(test)).post("/login/code", { code: recovery[8] ?? "" });

    expect([...counts, await left()]).toEqual(["10 recovery codes", "2 recovery codes", "1 recovery code"]);
  });

  it("replaces the recovery codes after a code, and the old ones stop working", async () => {
    const { test, browser, code, recovery } = await prepare();

    const answer = await browser.post("/account/second-factor/codes", { code: code() });
    const visitor = await logInAnn(test);
    await visitor.post("/login/code", { code: recovery[0] ?? "" });

    expect((await answer.text()).match(/<code>[A-Z2-7-]{19}<\/code>/g)).toHaveLength(10);
    expect(await hasSession(visitor)).toBe(false);
  });

  it("writes no secrets to the audit log", async () => {
    const { test, secret, recovery } = await prepare();
    const user = await test.auth.users.findByEmail(ann.email);

    const entries = JSON.stringify(await test.audit.list(user?.id ?? "", 50));

    for (const text of [secret, recovery[0] ?? "?"]) expect(entries).not.toContain(text);
  });
});

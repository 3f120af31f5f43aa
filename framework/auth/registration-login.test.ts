import { describe, expect, it } from "vitest";
import type { AuthSettings } from "./auth.ts";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, Visitor } from "./test-app.tsx";

const hour = 60 * 60 * 1000;
const cookie = "__Host-registered";

async function register(settings?: AuthSettings) {
  const test = createTestApp(settings);
  const visitor = new Visitor(test.app);
  const answer = await visitor.post("/register", ann);
  return { test, visitor, answer, token: await mailedToken(test) };
}

describe("confirming the address of a new account", () => {
  it("logs in the browser that registered, and redirects like a login", async () => {
    const { visitor, token } = await register({ afterLogin: "/boards" });

    const answer = await visitor.post("/verify-email", { token });

    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/boards"]);
    expect(visitor.cookies.has("__Host-sid")).toBe(true);
    expect((await visitor.visit("/account")).status).toBe(200);
  });

  it("starts a session that ends with the browser", async () => {
    const { visitor, token } = await register();

    const answer = await visitor.post("/verify-email", { token });

    const sid = answer.headers.getSetCookie().find((line) => line.startsWith("__Host-sid="));
    expect(sid).toMatch(/; HttpOnly; Secure; SameSite=Lax/);
    expect(sid).not.toMatch(/Max-Age|Expires/);
  });

  it("asks every other browser for the password", async () => {
    const { test, token } = await register();
    const other = new Visitor(test.app);

    const answer = await other.post("/verify-email", { token });

    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("Enter your password.")]);
    expect(other.cookies.has("__Host-sid")).toBe(false);
  });

  it("doesn't log in with the cookie of another registration", async () => {
    const { test, token } = await register();
    const other = new Visitor(test.app);
    await other.post("/register", { ...ann, email: "eve@example.com" });

    const answer = await other.post("/verify-email", { token });

    expect(answer.status).toBe(422);
    expect(other.cookies.has("__Host-sid")).toBe(false);
  });

  it("doesn't log in with a forged or altered cookie", async () => {
    const { visitor, token } = await register();
    const real = visitor.cookies.get(cookie) ?? "";
    visitor.cookies.set(cookie, real.slice(0, -2) + (real.endsWith("AA") ? "BB" : "AA"));

    const answer = await visitor.post("/verify-email", { token });

    expect(answer.status).toBe(422);
  });

  it("asks browsers for the password if they registered more than an hour ago", async () => {
    const { test, visitor, token } = await register();
    test.clock.time += hour;

    const answer = await visitor.post("/verify-email", { token });

    expect(answer.status).toBe(422);
    expect(visitor.cookies.has("__Host-sid")).toBe(false);
  });

  it("runs the app's hook like every login", async () => {
    const beforeLogin = () => ({ ok: false, message: "Not before Monday." }) as const;
    const { test, visitor, token } = await register({ hooks: { beforeLogin } });

    const answer = await visitor.post("/verify-email", { token });

    expect(answer.headers.get("Location")).toBe("/login");
    expect((await test.auth.users.findByEmail(ann.email))?.emailVerifiedAt).toBe(test.clock.time);
  });

  it("keeps a user logged in who already is", async () => {
    const { test, visitor, token } = await register();
    await new Visitor(test.app).post("/register", { ...ann, email: "bob@example.com" });
    await visitor.post("/login", { email: "bob@example.com", password: ann.password });
    const before = visitor.cookies.get("__Host-sid");

    await visitor.post("/verify-email", { token });

    expect(visitor.cookies.get("__Host-sid")).toBe(before);
  });

  it("drops the cookie after its use, and after a password login", async () => {
    const { test, visitor, token } = await register();
    await visitor.post("/verify-email", { token });
    const other = new Visitor(test.app);
    await other.post("/register", { ...ann, email: "bob@example.com" });

    await other.post("/login", { email: "bob@example.com", password: ann.password });

    expect(visitor.cookies.has(cookie)).toBe(false);
    expect(other.cookies.has(cookie)).toBe(false);
  });

  it("doesn't log in through the links of an email change", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const own = await logInAnn(test);
    await own.post("/account/email", { email: "new@example.com" });
    const toOld = await mailedToken(test);
    const other = new Visitor(test.app);

    const answers = [await other.post("/change-email", { token: toOld })];
    const toNew = await mailedToken(test);
    await other.post("/register", { ...ann, email: "eve@example.com" });
    answers.push(await other.post("/change-email", { token: toNew }));

    expect(answers.map((answer) => [answer.status, answer.headers.get("Location")])).toEqual([
      [303, "/login"],
      [422, null],
    ]);
    expect(other.cookies.has("__Host-sid")).toBe(false);
  });
});

describe("the registration cookie", () => {
  it("is set for a taken address, too", async () => {
    const { test, answer: fresh } = await register();

    const taken = await new Visitor(test.app).post("/register", { ...ann, name: "Eve" });

    const shape = (answer: Response) =>
      answer.headers.getSetCookie().map((line) => line.replace(/=([^;]*);/, (_, value: string) => `=${value.length};`));
    expect(shape(taken)).toEqual(shape(fresh));
    expect(shape(fresh).find((line) => line.startsWith(cookie))).toMatch(
      /; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it("doesn't open an account whose address was taken", async () => {
    const test = createTestApp();
    const visitor = new Visitor(test.app);
    await new Visitor(test.app).post("/register", ann);
    const token = await mailedToken(test);
    await visitor.post("/register", { ...ann, name: "Eve", password: "another pass phrase" });

    const answer = await visitor.post("/verify-email", { token });

    expect(answer.status).toBe(422);
    expect(visitor.cookies.has("__Host-sid")).toBe(false);
  });

  it("reveals nothing about the account", async () => {
    const { test, visitor } = await register();

    const user = await test.auth.users.findByEmail(ann.email);
    const value = visitor.cookies.get(cookie) ?? "";

    expect(Buffer.from(value, "base64url").toString("latin1")).not.toContain(user?.id);
    expect(value).not.toContain(user?.id);
  });
});

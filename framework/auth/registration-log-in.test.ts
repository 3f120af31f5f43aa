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
  it("logs in the browser that registered, and leads on as a log-in does", async () => {
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

  it("leads every other browser to the log-in page", async () => {
    const { test, token } = await register();
    const other = new Visitor(test.app);

    const answer = await other.post("/verify-email", { token });

    expect(answer.headers.get("Location")).toBe("/login");
    expect(other.cookies.has("__Host-sid")).toBe(false);
  });

  it("logs nobody in by the cookie of another registration", async () => {
    const { test, token } = await register();
    const other = new Visitor(test.app);
    await other.post("/register", { ...ann, email: "eve@example.com" });

    const answer = await other.post("/verify-email", { token });

    expect(answer.headers.get("Location")).toBe("/login");
    expect(other.cookies.has("__Host-sid")).toBe(false);
  });

  it("logs nobody in by a cookie that was made up or altered", async () => {
    const { visitor, token } = await register();
    const real = visitor.cookies.get(cookie) ?? "";
    visitor.cookies.set(cookie, real.slice(0, -2) + (real.endsWith("AA") ? "BB" : "AA"));

    const answer = await visitor.post("/verify-email", { token });

    expect(answer.headers.get("Location")).toBe("/login");
  });

  it("leads to the log-in page when registering was more than an hour ago", async () => {
    const { test, visitor, token } = await register();
    test.clock.time += hour;

    const answer = await visitor.post("/verify-email", { token });

    expect(answer.headers.get("Location")).toBe("/login");
    expect(visitor.cookies.has("__Host-sid")).toBe(false);
  });

  it("asks the app's hook as every log-in does", async () => {
    const beforeLogin = () => ({ ok: false, message: "Not before Monday." }) as const;
    const { test, visitor, token } = await register({ hooks: { beforeLogin } });

    const answer = await visitor.post("/verify-email", { token });

    expect(answer.headers.get("Location")).toBe("/login");
    expect((await test.auth.users.findByEmail(ann.email))?.emailVerifiedAt).toBe(test.clock.time);
  });

  it("leaves somebody logged in who is so in this browser", async () => {
    const { test, visitor, token } = await register();
    await new Visitor(test.app).post("/register", { ...ann, email: "bob@example.com" });
    await visitor.post("/login", { email: "bob@example.com", password: ann.password });
    const before = visitor.cookies.get("__Host-sid");

    await visitor.post("/verify-email", { token });

    expect(visitor.cookies.get("__Host-sid")).toBe(before);
  });

  it("takes the cookie away with its use, and with a log-in by password", async () => {
    const { test, visitor, token } = await register();
    await visitor.post("/verify-email", { token });
    const other = new Visitor(test.app);
    await other.post("/register", { ...ann, email: "bob@example.com" });

    await other.post("/login", { email: "bob@example.com", password: ann.password });

    expect(visitor.cookies.has(cookie)).toBe(false);
    expect(other.cookies.has(cookie)).toBe(false);
  });

  it("logs nobody in by the links of a changed address", async () => {
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

    expect(answers.map((answer) => answer.headers.get("Location"))).toEqual(["/login", "/login"]);
    expect(other.cookies.has("__Host-sid")).toBe(false);
  });
});

describe("the cookie of a registration", () => {
  it("is set in the same way for a taken address", async () => {
    const { test, answer: fresh } = await register();

    const taken = await new Visitor(test.app).post("/register", { ...ann, name: "Eve" });

    const shape = (answer: Response) =>
      answer.headers.getSetCookie().map((line) => line.replace(/=([^;]*);/, (_, value: string) => `=${value.length};`));
    expect(shape(taken)).toEqual(shape(fresh));
    expect(shape(fresh).find((line) => line.startsWith(cookie))).toMatch(
      /; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it("opens no account whose address was taken", async () => {
    const test = createTestApp();
    const visitor = new Visitor(test.app);
    await new Visitor(test.app).post("/register", ann);
    const token = await mailedToken(test);
    await visitor.post("/register", { ...ann, name: "Eve", password: "another pass phrase" });

    const answer = await visitor.post("/verify-email", { token });

    expect(answer.headers.get("Location")).toBe("/login");
    expect(visitor.cookies.has("__Host-sid")).toBe(false);
  });

  it("tells nothing about the account", async () => {
    const { test, visitor } = await register();

    const user = await test.auth.users.findByEmail(ann.email);
    const value = visitor.cookies.get(cookie) ?? "";

    expect(Buffer.from(value, "base64url").toString("latin1")).not.toContain(user?.id);
    expect(value).not.toContain(user?.id);
  });
});

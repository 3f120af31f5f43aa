import { describe, expect, it } from "vitest";
import {
  ann,
  createTestApp,
  logInAnn,
  mailedToken,
  newestMail,
  registerAnn,
  type TestApp,
  Visitor,
} from "../test-app.tsx";

const fresh = { password: "a fresh pass phrase", password_confirmation: "a fresh pass phrase" };

async function askReset(test: TestApp): Promise<string> {
  await new Visitor(test.app).post("/forgot-password", { email: ann.email });
  return mailedToken(test);
}

async function prepare() {
  const test = createTestApp();
  await registerAnn(test);
  return test;
}

describe("the pages for a forgotten password", () => {
  it("answers the same for known and unknown addresses, and mails only the known one", async () => {
    const test = await prepare();

    const known = await new Visitor(test.app).post("/forgot-password", { email: ann.email });
    const unknown = await new Visitor(test.app).post("/forgot-password", { email: "no@example.com" });
    await test.settle();

    expect(unknown.status).toBe(known.status);
    expect((await unknown.text()).replaceAll("no@example.com", "…")).toBe(
      (await known.text()).replaceAll(ann.email, "…"),
    );
    expect(test.mails.sent).toHaveLength(1);
  });

  it("changes the password, ends all sessions, logs nobody in and notifies the owner", async () => {
    const test = await prepare();
    const visitor = await logInAnn(test);
    const token = await askReset(test);

    const stranger = new Visitor(test.app);
    const answer = await stranger.post("/reset-password", { token, ...fresh });

    expect(answer.headers.get("Location")).toBe("/login");
    expect(stranger.cookies.has("__Host-sid")).toBe(false);
    expect((await visitor.visit("/account")).status).toBe(303);
    expect((await newestMail(test))?.subject).toBe("Your Team board password was changed");
    expect((await new Visitor(test.app).post("/login", ann)).status).toBe(422);
    expect((await new Visitor(test.app).post("/login", { ...ann, ...fresh })).status).toBe(303);
  });

  it("confirms the address as well if it wasn't yet, because the link was mailed there", async () => {
    const actionsOf = async (emailVerifiedAt: number | null) => {
      const test = await prepare();
      const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";
      await test.auth.users.update(id, { emailVerifiedAt });
      await new Visitor(test.app).post("/reset-password", { token: await askReset(test), ...fresh });
      const subject = (await newestMail(test))?.subject;
      const { emailVerifiedAt: now } = (await test.auth.users.findById(id)) ?? {};
      const actions = (await test.audit.list(id, 10)).map(({ action }) => action);
      return [now === test.clock.time, actions.includes("email-verified"), actions.includes("password-reset"), subject];
    };

    expect(await actionsOf(null)).toEqual([true, true, true, "Welcome to Team board"]);
    expect(await actionsOf(5)).toEqual([false, false, true, "Your Team board password was changed"]);
  });

  it("accepts a token once, even in concurrent requests", async () => {
    const test = await prepare();
    const token = await askReset(test);

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => new Visitor(test.app).post("/reset-password", { token, ...fresh })),
    );

    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
  });

  it("shows the form without using up the token or leaking it to other sites", async () => {
    const test = await prepare();
    const token = await askReset(test);

    const first = await new Visitor(test.app).visit(`/reset-password?token=${token}`);
    const second = await new Visitor(test.app).visit(`/reset-password?token=${token}`);

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(first.headers.get("Cache-Control")).toBe("no-store");
  });

  it("rejects links that have expired, were replaced or have another purpose", async () => {
    const test = await prepare();
    const older = await askReset(test);
    const newer = await askReset(test);

    const old = await new Visitor(test.app).visit(`/reset-password?token=${older}`);
    const crossed = await new Visitor(test.app).post("/verify-email", { token: newer });
    test.clock.time += 60 * 60_000;
    const expired = await new Visitor(test.app).post("/reset-password", { token: newer, ...fresh });

    expect([old.status, crossed.status, expired.status]).toEqual([400, 400, 400]);
  });

  it("keeps the token if the passwords differ or are weak", async () => {
    const test = await prepare();
    const token = await askReset(test);
    const visitor = new Visitor(test.app);

    const differ = await visitor.post("/reset-password", { token, ...fresh, password_confirmation: "another" });
    const weak = await visitor.post("/reset-password", { token, password: "short", password_confirmation: "short" });
    const good = await visitor.post("/reset-password", { token, ...fresh });

    expect(await differ.text()).toContain("The passwords don&#39;t match.");
    expect([differ.status, weak.status, good.status]).toEqual([422, 422, 303]);
  });

  it("stores only a hash of the token", async () => {
    const test = await prepare();

    const token = await askReset(test);

    expect(await test.tokenStore.find(token)).toBeNull();
  });

  it("don't open a disabled account", async () => {
    const test = await prepare();
    const token = await askReset(test);
    const user = await test.auth.users.findByEmail(ann.email);

    await test.auth.disable(user?.id ?? "");

    expect((await new Visitor(test.app).post("/reset-password", { token, ...fresh })).status).toBe(400);
  });
});

describe("the mail for a forgotten password", () => {
  it("links to the configured URL whatever the Host header says", async () => {
    const test = await prepare();

    await new Visitor(test.app).post("/forgot-password", { email: ann.email }, { headers: { Host: "evil.example" } });
    const text = (await newestMail(test))?.text;

    expect(text).toMatch(/https:\/\/app\.example\/reset-password\?token=[\w-]{43}/);
    expect(text).not.toContain("evil.example");
  });
});

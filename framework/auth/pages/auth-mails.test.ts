import { describe, expect, it } from "vitest";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, type TestApp, Visitor } from "../test-app.tsx";
import { turnOnSecondStep } from "./test-markup.ts";

async function prepare() {
  const test = createTestApp();
  await registerAnn(test);
  return { test, browser: await logInAnn(test) };
}

/** Receiver, subject and links of each mail, and how long it says that its link works. */
async function mailsOf(test: TestApp) {
  await test.settle();
  return test.mails.sent.map(({ to, subject, text }) => [
    to[0]?.address,
    subject,
    ...(text.match(/https:\S+/g) ?? []).map((url) => url.replace(/token=[\w-]{43}$/, "token=…")),
    ...(/works.*? for (.*?)\./.exec(text.replaceAll(/\s+/g, " "))?.slice(1) ?? []),
  ]);
}

describe("the mails about an account", () => {
  it("of a registration, and of another one with the same address", async () => {
    const test = createTestApp();
    const visitor = new Visitor(test.app);
    await visitor.post("/register", ann);
    await visitor.post("/verify-email", { token: await mailedToken(test) });
    await new Visitor(test.app).post("/register", ann);

    expect(await mailsOf(test)).toMatchInlineSnapshot(`
      [
        [
          "ann@example.com",
          "Confirm your email address for Team board",
          "https://app.example/verify-email?token=…",
          "24 hours",
        ],
        [
          "ann@example.com",
          "Welcome to Team board",
          "https://app.example/",
        ],
        [
          "ann@example.com",
          "You already have an account at Team board",
          "https://app.example/login",
          "https://app.example/forgot-password",
        ],
      ]
    `);
  });

  it("of a forgotten password", async () => {
    const { test } = await prepare();
    const visitor = new Visitor(test.app);
    const fresh = { password: "a fresh pass phrase", password_confirmation: "a fresh pass phrase" };
    await visitor.post("/forgot-password", { email: ann.email });
    await visitor.post("/reset-password", { token: await mailedToken(test), ...fresh });

    expect(await mailsOf(test)).toMatchInlineSnapshot(`
      [
        [
          "ann@example.com",
          "Reset your Team board password",
          "https://app.example/reset-password?token=…",
          "60 minutes",
        ],
        [
          "ann@example.com",
          "Your Team board password was changed",
          "https://app.example/forgot-password",
        ],
      ]
    `);
  });

  it("of a new address", async () => {
    const { test, browser } = await prepare();
    await browser.post("/account/email", { email: "new@example.com" });
    await browser.post("/change-email", { token: await mailedToken(test) });
    await browser.post("/change-email", { token: await mailedToken(test) });

    expect(await mailsOf(test)).toMatchInlineSnapshot(`
      [
        [
          "ann@example.com",
          "Approve your new email address for Team board",
          "https://app.example/change-email?token=…",
          "24 hours",
        ],
        [
          "new@example.com",
          "Confirm your new email address for Team board",
          "https://app.example/change-email?token=…",
          "24 hours",
        ],
        [
          "ann@example.com",
          "Your Team board email address was changed",
          "https://app.example/forgot-password",
        ],
      ]
    `);
  });

  it("of the second step", async () => {
    const { test, browser } = await prepare();
    const { code } = await turnOnSecondStep(test, browser);
    await browser.post("/account/second-factor/off", { code: code() });

    expect(await mailsOf(test)).toMatchInlineSnapshot(`
      [
        [
          "ann@example.com",
          "Two-step login was turned on at Team board",
          "https://app.example/forgot-password",
        ],
        [
          "ann@example.com",
          "Two-step login was turned off at Team board",
          "https://app.example/forgot-password",
        ],
      ]
    `);
    expect(test.mails.sent.map(({ text }) => /(now|no longer) requires a code/.exec(text)?.[1])).toEqual([
      "now",
      "no longer",
    ]);
  });
});

describe("a new link", () => {
  it("to confirm an address goes to those alone who need it", async () => {
    const test = createTestApp();
    await new Visitor(test.app).post("/register", ann);
    await new Visitor(test.app).post("/register", { ...ann, email: "bob@example.com" });
    const bob = await test.auth.users.findByEmail("bob@example.com");
    await test.auth.disable(bob?.id ?? "");
    await test.settle();
    test.mails.clear();
    const visitor = new Visitor(test.app);

    for (const email of [ann.email, "bob@example.com", "nobody@example.com"]) {
      await visitor.post("/verify-email/resend", { email });
    }
    await test.settle();
    await test.auth.users.update((await test.auth.users.findByEmail(ann.email))?.id ?? "", { emailVerifiedAt: 1 });
    await visitor.post("/verify-email/resend", { email: ann.email });
    await test.settle();

    expect(test.mails.sent.map(({ to }) => to[0]?.address)).toEqual([ann.email]);
  });

  it("goes to the address of the account that is logged in, whatever the form says", async () => {
    const test = createTestApp();
    const visitor = new Visitor(test.app);
    await visitor.post("/register", ann);
    await new Visitor(test.app).post("/register", { ...ann, email: "bob@example.com" });
    await visitor.post("/login", ann);
    await test.settle();
    test.mails.clear();

    await visitor.post("/verify-email/resend", { email: "bob@example.com" });
    await test.settle();

    expect(test.mails.sent.map(({ to }) => to[0]?.address)).toEqual([ann.email]);
  });

  it("needs an address", async () => {
    const { app } = createTestApp();

    expect((await new Visitor(app).post("/verify-email/resend", { email: "nobody" })).status).toBe(422);
  });
});

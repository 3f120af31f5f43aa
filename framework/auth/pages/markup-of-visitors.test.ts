import { describe, expect, it } from "vitest";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, Visitor } from "../test-app.tsx";
import { readOutline, turnOnSecondStep } from "./test-markup.ts";

async function prepare() {
  const test = createTestApp();
  await registerAnn(test);
  return { test, visitor: new Visitor(test.app) };
}

describe("the markup of the pages for visitors", () => {
  it("of the login", async () => {
    const { visitor } = await prepare();

    expect(await readOutline(visitor.visit("/login?next=/boards"))).toMatchInlineSnapshot(`
      "title “Log in”
      section aria-labelledby=auth-title
      h1 id=auth-title “Log in”
      form id=login action=/login method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=next value=/boards
      input autocomplete=username maxlength=254 required id=login-email name=email type=email
      input autocomplete=current-password required id=login-password name=password type=password
      input id=login-remember name=remember type=checkbox value=on “Keep me logged in on this device”
      button type=submit “Log in”
      a href=/forgot-password “Forgot your password?”
      a href=/register?next=%2Fboards “Create an account”"
    `);
  });

  it("of a login that failed", async () => {
    const { visitor } = await prepare();

    const answer = visitor.post("/login", { ...ann, password: "wrong password here", remember: "on", next: "/boards" });

    expect(await readOutline(answer)).toMatchInlineSnapshot(`
      "title “Log in”
      section aria-labelledby=auth-title
      h1 id=auth-title “Log in”
      form id=login action=/login method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=next value=/boards
      input autocomplete=username maxlength=254 required autofocus id=login-email name=email type=email value=ann@example.com
      input autocomplete=current-password required id=login-password name=password type=password
      input id=login-remember name=remember type=checkbox value=on checked “Keep me logged in on this device”
      button type=submit “Log in”
      a href=/forgot-password “Forgot your password?”
      a href=/register?next=%2Fboards “Create an account”"
    `);
  });

  it("of the registration", async () => {
    const { visitor } = await prepare();

    expect(await readOutline(visitor.visit("/register"))).toMatchInlineSnapshot(`
      "title “Create an account”
      section aria-labelledby=auth-title
      h1 id=auth-title “Create an account”
      form id=register action=/register method=post
      input type=hidden name=_csrf value=…
      input autocomplete=name maxlength=100 required id=register-name name=name type=text
      input autocomplete=username maxlength=254 required id=register-email name=email type=email
      input autocomplete=new-password required id=register-password name=password aria-describedby=register-password-hint type=password
      p id=register-password-hint
      button type=submit “Create account”
      a href=/login “Log in instead”"
    `);
  });

  it("of what follows the registration", async () => {
    const { visitor } = await prepare();

    expect(await readOutline(visitor.post("/register", { ...ann, email: "bob@example.com" }))).toMatchInlineSnapshot(`
      "title “Check your email”
      section aria-labelledby=auth-title
      h1 id=auth-title “Check your email”
      p role=status
      a href=/verify-email “Send it again”
      a href=/login “Log in”"
    `);
  });

  it("of the page to confirm an address", async () => {
    const test = createTestApp();
    await new Visitor(test.app).post("/register", ann);
    const visitor = new Visitor(test.app);

    expect(await readOutline(visitor.visit(`/verify-email?token=${await mailedToken(test)}`))).toMatchInlineSnapshot(`
      "title “Confirm your email”
      section aria-labelledby=auth-title
      h1 id=auth-title “Confirm your email”
      form id=verify action=/verify-email method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=token value=…
      input type=hidden name=username autocomplete=username value=ann@example.com
      input autocomplete=current-password required id=verify-password name=password type=password
      button type=submit “Confirm”
      a href=/verify-email/password?token=… “I don&#39;t know the password”"
    `);
  });

  it("of the page to get another link", async () => {
    const { visitor } = await prepare();

    expect(await readOutline(visitor.visit("/verify-email"))).toMatchInlineSnapshot(`
      "title “Confirm your email”
      section aria-labelledby=auth-title
      h1 id=auth-title “Confirm your email”
      form id=resend action=/verify-email/resend method=post
      input type=hidden name=_csrf value=…
      input autocomplete=username maxlength=254 required id=resend-email name=email type=email
      button type=submit “Send a new link”
      a href=/login “Log in”"
    `);
  });

  it("of a link that no longer works", async () => {
    const { visitor } = await prepare();

    expect(await readOutline(visitor.visit("/verify-email?token=x"))).toMatchInlineSnapshot(`
      "title “Confirm your email”
      section aria-labelledby=auth-title
      h1 id=auth-title “This link no longer works”
      p role=alert
      a href=/verify-email “Get a new link”"
    `);
  });

  it("of the page for a forgotten password", async () => {
    const { visitor } = await prepare();

    expect(await readOutline(visitor.visit("/forgot-password"))).toMatchInlineSnapshot(`
      "title “Forgot your password?”
      section aria-labelledby=auth-title
      h1 id=auth-title “Forgot your password?”
      form id=forgot action=/forgot-password method=post
      input type=hidden name=_csrf value=…
      input autocomplete=username maxlength=254 required id=forgot-email name=email type=email
      button type=submit “Send link”
      a href=/login “Back to login”"
    `);
  });

  it("of the page to choose a new password", async () => {
    const { test, visitor } = await prepare();
    await visitor.post("/forgot-password", { email: ann.email });

    expect(await readOutline(visitor.visit(`/reset-password?token=${await mailedToken(test)}`))).toMatchInlineSnapshot(`
      "title “Choose a new password”
      section aria-labelledby=auth-title
      h1 id=auth-title “Choose a new password”
      form id=reset action=/reset-password method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=token value=…
      input autocomplete=new-password required id=reset-password name=password aria-describedby=reset-password-hint type=password
      p id=reset-password-hint
      input autocomplete=new-password required id=reset-password_confirmation name=password_confirmation type=password
      button type=submit “Change password”"
    `);
  });

  it("of the second step", async () => {
    const { test, visitor } = await prepare();
    await turnOnSecondStep(test, await logInAnn(test));
    await visitor.post("/login", ann);

    expect(await readOutline(visitor.visit("/login/code?next=/boards"))).toMatchInlineSnapshot(`
      "title “Enter your code”
      section aria-labelledby=auth-title
      h1 id=auth-title “Enter your code”
      form id=second-step action=/login/code method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=next value=/boards
      input autocomplete=one-time-code autocapitalize=characters spellcheck=false maxlength=40 required id=second-step-code name=code type=text
      button type=submit “Log in”
      a href=/login “Start over”"
    `);
  });
});

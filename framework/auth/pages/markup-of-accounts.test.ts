import { describe, expect, it } from "vitest";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, Visitor } from "../test-app.tsx";
import { outlineOf, readOutline, turnOnSecondStep } from "./test-markup.ts";

async function prepare() {
  const test = createTestApp();
  await registerAnn(test);
  return { test };
}

describe("the markup of the pages of an account", () => {
  it("of the account", async () => {
    const { test } = await prepare();
    await logInAnn(test);
    const browser = await logInAnn(test);
    const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";
    await test.auth.users.update(id, { avatarUrl: "https://pictures.example/a.png" });

    expect(await readOutline(browser.visit("/account"))).toMatchInlineSnapshot(`
      "title “Your account”
      section aria-labelledby=account-title
      h1 id=account-title “Your account”
      section aria-labelledby=profile-title
      h2 id=profile-title “Profile”
      img src=https://pictures.example/a.png alt width=64 height=64
      time datetime=2026-01-01T00:00:00.000Z “2026-01-01 00:00 UTC”
      time datetime=2026-01-01T00:00:00.000Z “2026-01-01 00:00 UTC”
      form enctype=multipart/form-data id=profile action=/account/profile method=post
      input type=hidden name=_csrf value=…
      input autocomplete=name maxlength=100 required id=profile-name name=name type=text value=Ann
      input accept=image/png,image/jpeg,image/gif,image/webp,image/avif id=profile-picture name=picture aria-describedby=profile-picture-hint type=file
      p id=profile-picture-hint
      input id=profile-without_picture name=without_picture type=checkbox value=on “Remove picture”
      button type=submit “Save profile”
      section aria-labelledby=email-title
      h2 id=email-title “Email”
      form id=email action=/account/email method=post
      input type=hidden name=_csrf value=…
      input autocomplete=email maxlength=254 required id=email-email name=email aria-describedby=email-email-hint type=email
      p id=email-email-hint
      button type=submit “Change email”
      section aria-labelledby=password-title
      h2 id=password-title “Password”
      form id=password action=/account/password method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=username autocomplete=username value=ann@example.com
      input autocomplete=current-password required id=password-current_password name=current_password type=password
      input autocomplete=new-password required id=password-password name=password aria-describedby=password-password-hint type=password
      p id=password-password-hint
      input autocomplete=new-password required id=password-password_confirmation name=password_confirmation type=password
      button type=submit “Change password”
      section aria-labelledby=second-factor-title
      h2 id=second-factor-title “Two-step login”
      a href=/account/second-factor “Turn on two-step login”
      section aria-labelledby=sessions-title
      h2 id=sessions-title “Where you&#39;re logged in”
      time datetime=2026-01-01T00:00:00.000Z “2026-01-01 00:00 UTC”
      form id=revoke-… action=/account/sessions/…/revoke method=post
      input type=hidden name=_csrf value=…
      button type=submit “Log out”
      time datetime=2026-01-01T00:00:00.000Z “2026-01-01 00:00 UTC”
      form id=revoke-others action=/account/sessions/revoke-others method=post
      input type=hidden name=_csrf value=…
      button type=submit “Log out everywhere else”
      section aria-labelledby=delete-title
      h2 id=delete-title “Delete your account”
      form id=delete action=/account/delete method=post
      input type=hidden name=_csrf value=…
      input autocomplete=off required id=delete-confirmation name=confirmation type=text
      button type=submit “Delete my account”"
    `);
  });

  it("of the account when the login isn't recent", async () => {
    const { test } = await prepare();
    const browser = await logInAnn(test);
    test.clock.time += 10 * 60_000;

    expect(await readOutline(browser.visit("/account"))).toMatchInlineSnapshot(`
      "title “Your account”
      section aria-labelledby=account-title
      h1 id=account-title “Your account”
      section aria-labelledby=profile-title
      h2 id=profile-title “Profile”
      time datetime=2026-01-01T00:00:00.000Z “2026-01-01 00:00 UTC”
      time datetime=2026-01-01T00:00:00.000Z “2026-01-01 00:00 UTC”
      form enctype=multipart/form-data id=profile action=/account/profile method=post
      input type=hidden name=_csrf value=…
      input autocomplete=name maxlength=100 required id=profile-name name=name type=text value=Ann
      input accept=image/png,image/jpeg,image/gif,image/webp,image/avif id=profile-picture name=picture aria-describedby=profile-picture-hint type=file
      p id=profile-picture-hint
      button type=submit “Save profile”
      section aria-labelledby=locked-title
      h2 id=locked-title “Email, password and two-step login”
      a href=/account/confirm?next=%2Faccount “Enter your password”
      section aria-labelledby=sessions-title
      h2 id=sessions-title “Where you&#39;re logged in”
      time datetime=2026-01-01T00:00:00.000Z “2026-01-01 00:00 UTC”"
    `);
  });

  it("of the page that asks for the password", async () => {
    const { test } = await prepare();
    const browser = await logInAnn(test);

    expect(await readOutline(browser.visit("/account/confirm?next=/boards"))).toMatchInlineSnapshot(`
      "title “Confirm it&#39;s you”
      section aria-labelledby=auth-title
      h1 id=auth-title “Confirm it&#39;s you”
      form id=confirm action=/account/confirm method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=next value=/boards
      input type=hidden name=username autocomplete=username value=ann@example.com
      input autocomplete=current-password required id=confirm-password name=password type=password
      button type=submit “Continue”
      a href=/account “Back to your account”"
    `);
  });

  it("of the pages to change the address", async () => {
    const { test } = await prepare();
    const browser = await logInAnn(test);
    await browser.post("/account/email", { email: "new@example.com" });
    const approve = await mailedToken(test);

    const approval = await readOutline(browser.visit(`/change-email?token=${approve}`));
    await browser.post("/change-email", { token: approve });
    const confirmation = await readOutline(
      new Visitor(test.app).visit(`/change-email?token=${await mailedToken(test)}`),
    );

    expect(approval).toMatchInlineSnapshot(`
      "title “Change your email”
      section aria-labelledby=auth-title
      h1 id=auth-title “Change your email”
      form id=change-email action=/change-email method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=token value=…
      button type=submit “Approve”"
    `);
    expect(confirmation).toMatchInlineSnapshot(`
      "title “Change your email”
      section aria-labelledby=auth-title
      h1 id=auth-title “Confirm your new email address”
      form id=change-email action=/change-email method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=token value=…
      input autocomplete=current-password required id=change-email-password name=password type=password
      button type=submit “Confirm”"
    `);
  });

  it("of the pages to turn two-step login on and off", async () => {
    const { test } = await prepare();
    const browser = await logInAnn(test);

    const { page, answer } = await turnOnSecondStep(test, browser);

    expect(outlineOf(page)).toMatchInlineSnapshot(`
      "title “Two-step login”
      section aria-labelledby=auth-title
      h1 id=auth-title “Turn on two-step login”
      svg role=img viewBox=0 0 45 45 shape-rendering=crispEdges
      a href=otpauth://totp/Team%20board:ann%40example.com?secret=…&amp;issuer=Team%20board “Open the app on this device”
      form id=set-up action=/account/second-factor method=post
      input type=hidden name=_csrf value=…
      input type=hidden name=setup value=…
      input autocomplete=one-time-code spellcheck=false maxlength=40 required id=set-up-code name=code type=text
      button type=submit “Turn on”
      a href=/account “Back to your account”"
    `);
    expect(await readOutline(answer)).toMatchInlineSnapshot(`
      "title “Two-step login”
      section aria-labelledby=auth-title
      h1 id=auth-title “Save your recovery codes”
      p role=status
      a href=/account “Back to your account”"
    `);
    expect(await readOutline(browser.visit("/account/second-factor"))).toMatchInlineSnapshot(`
      "title “Two-step login”
      section aria-labelledby=auth-title
      h1 id=auth-title “Two-step login is on”
      h2 “New recovery codes”
      form id=codes action=/account/second-factor/codes method=post
      input type=hidden name=_csrf value=…
      input autocomplete=one-time-code spellcheck=false maxlength=40 required id=codes-code name=code type=text
      button type=submit “Create new codes”
      h2 “Turn it off”
      form id=off action=/account/second-factor/off method=post
      input type=hidden name=_csrf value=…
      input autocomplete=one-time-code spellcheck=false maxlength=40 required id=off-code name=code type=text
      button type=submit “Turn off”
      a href=/account “Back to your account”"
    `);
    expect(await readOutline(browser.post("/account/second-factor/off", { code: "" }))).toMatchInlineSnapshot(`
      "title “Two-step login”
      section aria-labelledby=auth-title
      h1 id=auth-title “Two-step login is on”
      h2 “New recovery codes”
      form id=codes action=/account/second-factor/codes method=post
      input type=hidden name=_csrf value=…
      input autocomplete=one-time-code spellcheck=false maxlength=40 required id=codes-code name=code type=text
      button type=submit “Create new codes”
      h2 “Turn it off”
      form id=off action=/account/second-factor/off method=post
      input type=hidden name=_csrf value=…
      input autocomplete=one-time-code spellcheck=false maxlength=40 required autofocus id=off-code name=code aria-describedby=off-code-problem aria-invalid=true type=text
      p id=off-code-problem
      button type=submit “Turn off”
      a href=/account “Back to your account”"
    `);
  });
});

import { expect } from "@playwright/test";
import { newPassword } from "../support/accounts/passwords.ts";
import type { TimeUnit } from "../support/clocked-scene.ts";
import { goodPassword } from "../support/people.ts";
import { Given, Then, When } from "../support/test.ts";

When("Ann registers with the keyboard", ({ accounts }) => accounts.register());

When("she follows the link in her mail and confirms", ({ accounts }) => accounts.confirm());

When("her link is opened in another browser and confirmed with her password", ({ accounts }) =>
  accounts.confirmInOtherBrowser(),
);

Then("that browser is logged in and shows {string}", ({ accounts }, text: string) =>
  accounts.expectOtherBrowserLoggedIn(text),
);

Given("a stranger has created an account with Ann's address and logged in to it", ({ accounts }) =>
  accounts.registerAsStranger(),
);

When("Ann opens the link in her mail and chooses a new password", ({ accounts }) => accounts.claimWithNewPassword());

Then("she can log in with it", ({ accounts }) => accounts.expectCanLogInWithNewPasswordOnly());

Then("the stranger is logged out and can't log in", ({ accounts }) => accounts.expectStrangerLockedOut());

Then(/^(she|Bob) can log in with (?:her|his) password$/, ({ accounts }, who: string) => accounts.expectCanLogIn(who));

When("she tries to log in with the password {string}", ({ accounts, scene }, password: string) =>
  accounts.pages.logIn({ email: scene.person.email, password }),
);

Then("she sees {string}", ({ accounts }, text: string) => accounts.pages.expectText(text));

Then("the field {string} still contains her address", ({ accounts, scene }, label: string) =>
  expect(accounts.pages.keyboard.field(label)).toHaveValue(scene.person.email),
);

Then("the field {string} is empty", ({ accounts }, label: string) =>
  expect(accounts.pages.keyboard.field(label)).toHaveValue(""),
);

Then("she can't open the boards", ({ accounts }) => accounts.pages.expectBoardsClosed());

When("Ann tries to register with the password {string}", ({ accounts }, password: string) =>
  accounts.tryToRegister(password),
);

Then("the field {string} is empty, focused and says {string}", ({ accounts }, label: string, text: string) =>
  accounts.expectProblem(label, text),
);

Then("the fields {string} and {string} still contain what she typed", ({ accounts }, name: string, email: string) =>
  accounts.expectFields(name, email),
);

When("she types a good password and submits the form again", ({ accounts }) => accounts.submitGoodPassword());

Then("she is told to check her mail", async ({ accounts, scene }) => {
  await accounts.pages.expectText("Check your email");
  await accounts.pages.expectText(scene.person.email);
});

Given("Bob has a verified account", ({ people }) => people.register("Bob"));

When("Ann registers with Bob's address", ({ accounts }) => accounts.registerWithTakenAddress());

Then(/^(?:she sees the same page as anyone who registers|both pages read the same)$/, ({ accounts }) =>
  accounts.expectSameTexts(),
);

Then(/^(she|Bob) receives the mail "(.*)"$/, ({ accounts }, who: string, subject: string) =>
  accounts.expectMail(subject, who === "Bob" ? "Bob" : undefined),
);

When("she opens the link again", ({ accounts }) => accounts.openLink());

Given("Ann has registered in an app with a test clock", ({ accounts }) => accounts.registerInClockedApp());

When(/^(\d+) (hours|minutes|days) pass$/, ({ clocked }, count: string, unit: TimeUnit) =>
  clocked.advance(Number(count), unit),
);

When("she requests a new link", ({ accounts }) => accounts.requestNewLink());

When("she follows the newest link and confirms with her password", ({ accounts }) => accounts.confirmNewest());

When("a password reset is requested for an unknown address and then for hers", ({ accounts }) =>
  accounts.requestResetForUnknownAndKnown(),
);

Then("the unknown address receives no mail", ({ accounts }) => accounts.expectNoMailToUnknown());

When("she requests a password reset on her phone", ({ accounts }) => accounts.requestResetOnPhone());

When("she opens the link from that mail on her phone", ({ accounts }) => accounts.openResetLinkOnPhone());

When("she enters two different passwords there", ({ accounts }) =>
  accounts.phone.choosePassword(newPassword, goodPassword),
);

Then("her phone shows {string}", ({ accounts }, text: string) => accounts.phone.expectText(text));

When("she enters the same new password twice there", ({ accounts }) =>
  accounts.phone.choosePassword(newPassword, newPassword),
);

Then("her phone is on the login page and shows {string}", ({ accounts }, text: string) =>
  accounts.phone.expectLoginPage(text),
);

Then("the link doesn't work anymore", async ({ accounts }) => {
  await accounts.openLink(accounts.phone);
  await accounts.phone.expectText("This link no longer works");
});

Then("she can log in with the new password only", ({ accounts }) => accounts.expectCanLogInWithNewPasswordOnly());

import { expect } from "@playwright/test";
import { Given, Then, When } from "../support/test.ts";

When("a visitor opens {string}", ({ login }, path: string) => login.visit(path));

Then("the page asks for an email address and a password", ({ login }) => login.expectForm());

Given("Ann has a verified account", ({ login }) => login.createAccount("Ann"));

Given("Ann is logged in", async ({ people, scene }) => {
  scene.person = await people.logIn("Ann");
});

When("she logs in with her password", ({ login }) => login.logIn());

When("the visitor logs in as Ann", ({ login }) => login.submitForm());

Then("she is on the boards page", ({ accounts }) => accounts.pages.expectBoardsOpen());

When("she logs out", ({ login }) => login.logOut());

Then("the visitor is asked to log in", ({ scene }) => expect(scene.page).toHaveURL(/\/login\?next=%2Fboards/));

Given("an app with the route {string} behind RequireLogin", ({ guardedApp }, path: string) =>
  guardedApp.startWithGuard(path),
);

When(/^(?:she|someone without a session) requests "(\/[^"]*)"$/, ({ guardedApp }, path: string) =>
  guardedApp.request(path),
);

Then("the response redirects to {string}", ({ guardedApp }, target: string) => guardedApp.expectRedirect(target));

Then("the handler doesn't run", ({ guardedApp }) => guardedApp.expectNotCalled());

When("she opens {string}", ({ login }, path: string) => login.open(path));

Then("she wasn't redirected", ({ login }) => login.expectNoRedirect());

Given("an app with the page {string} that greets the current user", ({ guardedApp }, path: string) =>
  guardedApp.startWithGreeting(path),
);

Given("the user {string} is logged in to it", ({ guardedApp }, name: string) => guardedApp.logIn(name));

Then("the handler gets the user {string}", ({ guardedApp }, name: string) => guardedApp.expectSeenName(name));

Then("the page says {string}", ({ guardedApp }, text: string) => guardedApp.expectText(text));

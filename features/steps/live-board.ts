import { expect } from "@playwright/test";
import { Given, Then, When } from "../support/test.ts";

When("Ann signs up", ({ board }) => board.signUp());

Then("her confirmation mail appears in the open inbox", ({ board }) => board.expectMailInOpenInbox());

When("she follows the link in the mail and logs in", ({ board }) => board.confirmAndLogIn());

When("she creates the board {string}", ({ board }, title: string) => board.create(title));

When("Bob, logged in, opens the board too", ({ board }) => board.openAsBob());

When("she adds the card {string}", ({ board }, title: string) => board.hers.add(title));

When("she moves the card {string} to {string}", ({ board }, title: string, column: string) =>
  board.hers.move(title, column),
);

Then("she sees the card {string} in {string}", ({ board }, title: string, column: string) =>
  expect(board.hers.cardIn(title, column)).toBeVisible(),
);

Given("Ann and Bob have the board {string} open", ({ board }, title: string) => board.openForBoth(title));

Given("the board has the card {string}", ({ board }, title: string) => board.addForBoth(title));

When(/^(Ann|Bob) adds the card "(.*)"$/, async ({ board }, name: string, title: string) =>
  (await board.of(name)).add(title),
);

When("Ann adds the cards {string}", async ({ board }, titles: string) => {
  for (const title of titles.split(", ")) await (await board.of("Ann")).add(title);
});

When("Ann enters a card of nothing but spaces", async ({ board }) => {
  const field = (await board.of("Ann")).newCard("To do");
  await field.fill("   ");
  await field.press("Enter");
});

Then("Ann sees what is wrong with it", async ({ board }) => {
  await expect((await board.of("Ann")).newCard("To do")).toHaveAttribute("aria-invalid", "true");
  await expect((await board.of("Ann")).problem("To do")).toBeVisible();
});

Then("Ann no longer sees a validation message", async ({ board }) => {
  await expect((await board.of("Ann")).newCard("To do")).not.toHaveAttribute("aria-invalid");
  await expect((await board.of("Ann")).problem("To do")).toHaveCount(0);
});

Then(/^(Ann|Bob) sees the card "(.*)" in "(.*)"$/, async ({ board }, name: string, title: string, column: string) =>
  expect((await board.of(name)).cardIn(title, column)).toBeVisible(),
);

Then("Bob no longer sees the card {string}", async ({ board }, title: string) =>
  expect((await board.of("Bob")).card(title)).toHaveCount(0),
);

When("Bob renames the card {string} to {string}", async ({ board }, title: string, next: string) => {
  await (await board.of("Bob")).edit(title);
  await (await board.of("Bob")).save(next);
});

When("Ann moves the card {string} to {string}", async ({ board }, title: string, column: string) =>
  (await board.of("Ann")).move(title, column),
);

When("Bob completes the card {string}", async ({ board }, title: string) => (await board.of("Bob")).complete(title));

When("Ann deletes the card {string}", async ({ board }, title: string) => (await board.of("Ann")).delete(title));

Then("neither page was reloaded", ({ board }) => board.expectNoReload());

When("Bob types {string} into the new card of {string}", async ({ board }, text: string, column: string) =>
  (await board.of("Bob")).newCard(column).pressSequentially(text),
);

Then("his text is still {string} with the cursor at the end", async ({ board }, text: string) =>
  (await board.of("Bob")).expectDraft("To do", text),
);

When("Bob hides his tab", async ({ board }) => (await board.of("Bob")).hide());

When("Bob shows his tab again", async ({ board }) => (await board.of("Bob")).show());

Then("Bob sees the cards {string} in order, once each", async ({ board }, titles: string) =>
  expect((await board.of("Bob")).titlesIn("To do")).toHaveText(titles.split(", ")),
);

Given("Bob's network connection can be cut", ({ board }) => board.putBobBehindNetwork());

When("Bob's network goes down", ({ board }) => board.network.cut());

When("Bob's network comes back", ({ board }) => board.network.restore());

Then("his page says that the connection is lost", async ({ board }) =>
  expect((await board.of("Bob")).connectionNotice).toContainText(/connection lost/i),
);

Then("his page no longer mentions the connection", async ({ board }) =>
  expect((await board.of("Bob")).connectionNotice).toHaveText(""),
);

When("Ann and Bob both open the card {string} to edit it", async ({ board }, title: string) => {
  for (const name of ["Ann", "Bob"]) await (await board.of(name)).edit(title);
});

Then("Ann sees that Bob is editing", async ({ board }) =>
  expect((await board.pageOf("Ann")).locator("dialog").getByText("Bob is editing")).toBeVisible(),
);

When(/^(Ann|Bob) saves it as "(.*)"$/, async ({ board }, name: string, title: string) =>
  (await board.of(name)).submit(title),
);

Then("Ann sees both versions, {string} and {string}", async ({ board }, theirs: string, mine: string) =>
  (await board.of("Ann")).expectConflict(theirs, mine),
);

When("Ann saves her version anyway", async ({ board }) => (await board.of("Ann")).saveAnyway());

Given("Ann has the board {string} open in two tabs", ({ board }, title: string) => board.openTwoTabs(title));

When("she logs out in one of them", ({ login }) => login.pressLogOut());

Then("the other tab is on the login page within {int} seconds", ({ board }, seconds: number) =>
  board.expectOtherTabAtLogin(seconds * 1000),
);

When("someone without a session requests the stream of a board", ({ board }) => board.requestStreamAsStranger());

Then("the stream is refused", ({ board }) => board.expectStreamRefused());

import { expect } from "@playwright/test";
import { BoardPage } from "../support/board-page.ts";
import { CuttableLine } from "../support/cuttable-line.ts";
import { live } from "../support/live.ts";
import { goodPassword, type People } from "../support/people.ts";
import type { Scene } from "../support/scene.ts";
import { StreamClient } from "../support/stream-client.ts";
import { Given, Then, When } from "../support/test.ts";

async function boardOf(people: People, name: string): Promise<BoardPage> {
  return new BoardPage((await people.get(name)).page);
}

async function openForBoth(people: People, scene: Scene, title: string): Promise<void> {
  const [ann, bob] = await Promise.all([people.logIn("Ann"), people.logIn("Bob")]);
  const path = await new BoardPage(ann.page).create(title);
  scene.notes.set("path", path);
  await new BoardPage(bob.page).open(path);
  for (const { page } of [ann, bob]) await new BoardPage(page).markVisit();
}

When("Ann registers on the page", async ({ people, scene }) => {
  const ann = await people.get("Ann");
  scene.person = ann;
  const inbox = await ann.context.newPage();
  await inbox.goto("/__mail");
  scene.notes.set("inbox", inbox);
  await ann.page.goto("/");
  await ann.page.getByRole("link", { name: "Sign up" }).first().click();
  await ann.page.getByLabel("Name").fill("Ann");
  await ann.page.getByLabel("Email").fill(ann.email);
  await ann.page.getByLabel("Password").fill(goodPassword);
  await ann.page.getByRole("button", { name: "Create account" }).click();
  await expect(ann.page.getByText(ann.email)).toBeVisible();
});

Then("her confirmation mail appears in the open inbox by itself", async ({ scene }) => {
  const inbox = scene.notes.get("inbox") as typeof scene.someone.page;
  await expect(inbox.locator(".mail-list").getByText(scene.someone.email).first()).toBeVisible();
});

When("she follows the link in the mail and logs in", async ({ people, scene }) => {
  const { page, email } = scene.someone;
  await page.goto(await people.mails.link(email, /verify-email/));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.waitForURL((url) => url.pathname !== "/verify-email");
  if (new URL(page.url()).pathname === "/login") {
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(goodPassword);
    await page.getByRole("button", { name: "Log in" }).click();
  }
  await expect(page).toHaveURL(/\/boards$/);
});

When("she creates the board {string}", async ({ scene }, title: string) => {
  scene.notes.set("path", await new BoardPage(scene.someone.page).create(title));
});

When("Bob, logged in, opens the board too", async ({ people, scene }) => {
  const bob = await people.logIn("Bob");
  await new BoardPage(bob.page).open(String(scene.notes.get("path")));
});

When("she adds the card {string}", async ({ scene }, title: string) => {
  await new BoardPage(scene.someone.page).add(title);
});

Given("Bob sits behind a network line that can be cut", async ({ people, site, scene }) => {
  const line = await CuttableLine.to(site.url);
  scene.atEnd(() => line.close());
  scene.notes.set("line", line);
  await people.get("Bob", { baseURL: line.url });
});

Given("Ann and Bob have the board {string} open", async ({ people, scene }, title: string) => {
  await openForBoth(people, scene, title);
});

When(/^(Ann|Bob) adds the card "(.*)"$/, async ({ people }, name: string, title: string) => {
  await (await boardOf(people, name)).add(title);
});

Given("the board has the card {string}", async ({ people }, title: string) => {
  await (await boardOf(people, "Ann")).add(title);
  await expect((await boardOf(people, "Bob")).card(title)).toBeVisible();
});

When("Ann enters a card of spaces only", async ({ people }) => {
  const entry = (await boardOf(people, "Ann")).newCard("To do");
  await entry.fill("   ");
  await entry.press("Enter");
});

Then("Ann is told what is wrong with it", async ({ people }) => {
  await expect((await boardOf(people, "Ann")).newCard("To do")).toHaveAttribute("aria-invalid", "true");
  await expect((await boardOf(people, "Ann")).column("To do").locator(".bk-problem")).toBeVisible();
});

Then("Ann is told of no problem any more", async ({ people }) => {
  await expect((await boardOf(people, "Ann")).newCard("To do")).not.toHaveAttribute("aria-invalid");
  await expect((await boardOf(people, "Ann")).column("To do").locator(".bk-problem")).toHaveCount(0);
});

When("Ann adds the cards {string}", async ({ people }, titles: string) => {
  const board = await boardOf(people, "Ann");
  for (const title of titles.split(", ")) await board.add(title);
});

Then(/^(Ann|Bob) sees the card "(.*)" in "(.*)"$/, async ({ people }, name: string, title: string, column: string) => {
  await expect((await boardOf(people, name)).cardIn(title, column)).toBeVisible();
});

Then("Bob no longer sees the card {string}", async ({ people }, title: string) => {
  await expect((await boardOf(people, "Bob")).card(title)).toHaveCount(0);
});

When("Bob renames the card {string} to {string}", async ({ people }, title: string, next: string) => {
  const board = await boardOf(people, "Bob");
  await board.edit(title);
  await board.save(next);
});

When("Ann moves the card {string} to {string}", async ({ people }, title: string, column: string) => {
  await (await boardOf(people, "Ann")).move(title, column);
});

When("Bob completes the card {string}", async ({ people }, title: string) => {
  await (await boardOf(people, "Bob")).complete(title);
});

When("Ann deletes the card {string}", async ({ people }, title: string) => {
  await (await boardOf(people, "Ann")).delete(title);
});

Then("neither page was loaded again", async ({ people }) => {
  for (const name of ["Ann", "Bob"]) await (await boardOf(people, name)).expectSameVisit();
});

When("Bob has typed {string} into the new card of {string}", async ({ people }, text: string, column: string) => {
  await (await boardOf(people, "Bob")).newCard(column).pressSequentially(text);
});

Then("his typed text is still {string}, with the caret at its end", async ({ people }, text: string) => {
  const field = (await boardOf(people, "Bob")).newCard("To do");
  await expect(field).toHaveValue(text);
  await expect(field).toBeFocused();
  expect(await field.evaluate((input) => (input as HTMLInputElement).selectionStart)).toBe(text.length);
});

When("Bob hides his tab", async ({ people }) => {
  await (await boardOf(people, "Bob")).hide();
});

When("Bob shows his tab again", async ({ people }) => {
  await (await boardOf(people, "Bob")).show();
});

Then("Bob sees the cards {string} once and in order", async ({ people }, titles: string) => {
  const shown = (await boardOf(people, "Bob")).titlesIn("To do");
  await expect(shown).toHaveText(titles.split(", "));
});

When("Bob's network goes away", ({ scene }) => {
  (scene.notes.get("line") as CuttableLine).cut();
});

When("Bob's network returns", ({ scene }) => {
  (scene.notes.get("line") as CuttableLine).mend();
});

Then("his page says that the connection is lost", async ({ people }) => {
  const { page } = await people.get("Bob");
  await expect(page.locator("#bk-connection")).toContainText(/connection lost/i, { timeout: 15_000 });
});

Then("his page says nothing about the connection", async ({ people }) => {
  const { page } = await people.get("Bob");
  await expect(page.locator("#bk-connection")).toHaveText("", { timeout: 15_000 });
});

When("Ann and Bob both open the card {string} to edit it", async ({ people }, title: string) => {
  for (const name of ["Ann", "Bob"]) await (await boardOf(people, name)).edit(title);
});

Then("Ann is told that Bob is editing", async ({ people }) => {
  const { page } = await people.get("Ann");
  await expect(page.locator("dialog").getByText("Bob is editing")).toBeVisible();
});

When(/^(Ann|Bob) saves it as "(.*)"$/, async ({ people }, name: string, title: string) => {
  await (await boardOf(people, name)).submit(title);
});

Then("Ann is shown both versions, {string} and {string}", async ({ people }, theirs: string, mine: string) => {
  const { page } = await people.get("Ann");
  await expect(page.locator("#their-version")).toContainText(theirs);
  await expect(page.locator("dialog").getByLabel("Title")).toHaveValue(mine);
});

When("Ann saves her version instead", async ({ people }) => {
  const { page } = await people.get("Ann");
  await page.locator("dialog").getByRole("button", { name: "Save mine instead" }).click();
});

Given("Cleo is logged in with JavaScript switched off", async ({ people, scene }) => {
  scene.person = await people.logIn("Cleo", { javaScriptEnabled: false });
});

When("she adds the card {string} by the form", async ({ scene }, title: string) => {
  await new BoardPage(scene.someone.page).add(title);
  scene.notes.set("card", title);
});

When("she moves it to {string} by its button", async ({ scene }, column: string) => {
  await new BoardPage(scene.someone.page).move(String(scene.notes.get("card")), column);
});

Then("her page shows the card {string} in {string}", async ({ scene }, title: string, column: string) => {
  await expect(new BoardPage(scene.someone.page).cardIn(title, column)).toBeVisible();
});

Given("Ann has the board {string} open in two tabs", async ({ people, scene }, title: string) => {
  scene.person = await people.logIn("Ann");
  const path = await new BoardPage(scene.person.page).create(title);
  const other = await scene.person.context.newPage();
  await other.goto(path);
  await live(other);
  scene.notes.set("other tab", other);
});

When("she logs out in one of them", async ({ scene }) => {
  const { page } = scene.someone;
  await page.locator("#user-menu summary").click();
  await page.getByRole("button", { name: "Log out" }).click();
});

Then("the other tab is at the login page within 2 seconds", async ({ scene }) => {
  const other = scene.notes.get("other tab") as typeof scene.someone.page;
  await expect(other).toHaveURL(/\/login/, { timeout: 2_000 });
});

When("somebody without a session asks for the stream of a board", async ({ site, scene }) => {
  const client = await StreamClient.connect(`${site.url}/events?topic=board:00000000-0000-4000-8000-000000000000`);
  scene.atEnd(() => client.leave());
  scene.clients = [client];
});

Then("no topic is granted", async ({ scene }) => {
  expect([401, 403]).toContain(scene.clients[0]?.status);
});

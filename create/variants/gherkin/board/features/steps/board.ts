import { expect } from "@playwright/test";
import { BoardPage } from "../support/board-page.ts";
import type { People } from "../support/people.ts";
import { Given, Then, When } from "../support/test.ts";

async function boardOf(people: People, name: string): Promise<BoardPage> {
  return new BoardPage((await people.get(name)).page);
}

Given("Ann and Bob have the board {string} open", async ({ people }, title: string) => {
  await Promise.all([people.logIn("Ann"), people.logIn("Bob")]);
  const path = await (await boardOf(people, "Ann")).create(title);
  await (await boardOf(people, "Bob")).open(path);
});

When("{word} adds the card {string}", async ({ people }, name: string, title: string) => {
  await (await boardOf(people, name)).add(title);
});

When("{word} moves the card {string} to {string}", async ({ people }, name: string, title: string, column: string) => {
  await (await boardOf(people, name)).move(title, column);
});

Then("{word} sees the card {string} in {string}", async ({ people }, name: string, title: string, column: string) => {
  await expect((await boardOf(people, name)).cardIn(title, column)).toBeVisible();
});

When("Bob has typed {string} into the new card of {string}", async ({ people }, text: string, column: string) => {
  await (await boardOf(people, "Bob")).newCard(column).pressSequentially(text);
});

Then("his typed text in {string} is still {string}", async ({ people }, column: string, text: string) => {
  await expect((await boardOf(people, "Bob")).newCard(column)).toHaveValue(text);
});

import { expect } from "@playwright/test";
import { createPlaywrightTest } from "buffkit/testing/playwright";

// Runs the app for each test, on a database of its own.
const test = createPlaywrightTest();

test("two people see each other's changes on a board", async ({ browser, server }) => {
  const [ann, bob] = [await browser.newPage(), await browser.newPage()];
  await server.logIn(ann.context(), await server.createUser({ name: "Ann" }));
  await server.logIn(bob.context(), await server.createUser({ name: "Bob" }));
  await ann.goto("/boards");
  await ann.getByLabel("Name of the new board").fill("Week 12");
  await ann.getByRole("button", { name: "Create board" }).click();
  await expect(ann.getByRole("heading", { level: 1, name: "Week 12" })).toBeVisible();
  await bob.goto(ann.url());
  for (const page of [ann, bob]) await expect(page.locator("html")).toHaveAttribute("data-live", "live");

  await bob.getByLabel("New card in To do").pressSequentially("Plant the");
  await ann.getByLabel("New card in To do").fill("Call the printer");
  await ann.getByLabel("New card in To do").press("Enter");

  const card = bob.locator(".card", { hasText: "Call the printer" });
  await expect(card).toBeVisible();
  // What someone is typing survives other people's changes.
  await expect(bob.getByLabel("New card in To do")).toHaveValue("Plant the");

  await card.hover();
  await card.getByRole("button", { name: "Move to Doing" }).click();

  const doing = ann.locator(".column", { has: ann.getByRole("heading", { name: "Doing" }) });
  await expect(doing.getByRole("link", { name: "Call the printer", exact: true })).toBeVisible();
  await Promise.all([ann.close(), bob.close()]);
});

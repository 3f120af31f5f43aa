import { expect, test } from "@playwright/test";
import { openBrowser, signUp } from "./people.ts";

test("two people see each other's changes on a board", async ({ browser }) => {
  const [ann, bob] = await Promise.all([openBrowser(browser, "Ann"), openBrowser(browser, "Bob")]);
  await Promise.all([signUp(ann, "Ann"), signUp(bob, "Bob")]);
  await ann.page.getByLabel("Name of the new board").fill("Week 12");
  await ann.page.getByRole("button", { name: "Create board" }).click();
  await expect(ann.page.getByRole("heading", { level: 1, name: "Week 12" })).toBeVisible();
  await bob.page.goto(ann.page.url());
  for (const { page } of [ann, bob]) await expect(page.locator("html")).toHaveAttribute("data-live", "live");

  await bob.page.getByLabel("New card in To do").pressSequentially("Plant the");
  await ann.page.getByLabel("New card in To do").fill("Call the printer");
  await ann.page.getByLabel("New card in To do").press("Enter");

  const card = bob.page.locator(".card", { hasText: "Call the printer" });
  await expect(card).toBeVisible();
  // What someone is typing survives other people's changes.
  await expect(bob.page.getByLabel("New card in To do")).toHaveValue("Plant the");

  await card.hover();
  await card.getByRole("button", { name: "Move to Doing" }).click();

  const doing = ann.page.locator(".column", { has: ann.page.getByRole("heading", { name: "Doing" }) });
  await expect(doing.getByRole("link", { name: "Call the printer", exact: true })).toBeVisible();
  await Promise.all([ann.page.close(), bob.page.close()]);
});

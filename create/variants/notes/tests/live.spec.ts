import { expect } from "@playwright/test";
import { createPlaywrightTest } from "buffkit/testing/playwright";

// Runs the app for each test, on a database of its own.
const test = createPlaywrightTest();

test("two visitors see each other's notes", async ({ browser }) => {
  const [ann, bob] = await Promise.all([browser.newPage(), browser.newPage()]);
  for (const page of [ann, bob]) {
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("data-live", "live");
  }

  await bob.getByLabel("Your note").pressSequentially("I was going to");
  await ann.getByLabel("Your note").fill("The printer works again");
  await ann.getByRole("button", { name: "Add note" }).click();

  await expect(bob.getByText("The printer works again")).toBeVisible();
  await expect(ann.getByText("The printer works again")).toBeVisible();
  // What someone is typing survives other people's notes.
  await expect(bob.getByLabel("Your note")).toHaveValue("I was going to");
  await Promise.all([ann.close(), bob.close()]);
});

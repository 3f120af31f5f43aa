import { expect } from "@playwright/test";
import { createPlaywrightTest } from "buffkit/testing/playwright";

// Runs the app for each test, on a database of its own.
const test = createPlaywrightTest();

test("a visitor writes to the team, which gets it by mail", async ({ page }) => {
  await page.goto("/feedback");
  await page.getByLabel("Your email").fill("carl@example.test");
  await page.getByLabel("Your message").fill("The new page is a joy");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();

  await page.goto("/__mail");
  await page.getByRole("link", { name: "New feedback" }).click();
  await expect(page.frameLocator("iframe").getByText("The new page is a joy")).toBeVisible();
});

import { expect } from "@playwright/test";
import { createPlaywrightTest } from "buffkit/testing/playwright";

// Runs the app for each test, on a database of its own.
const test = createPlaywrightTest();

test("someone signs up, confirms by mail, and logs in again", async ({ page }) => {
  await page.goto("/register");
  await page.getByLabel("Name").fill("Ann");
  await page.getByLabel("Email").fill("ann@example.test");
  await page.getByLabel("Password").fill("violet-harbour-sings-twice");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("ann@example.test")).toBeVisible();

  await page.goto("/__mail");
  await page.getByRole("link", { name: "Confirm your email" }).click();
  const link = page.frameLocator("iframe").getByRole("link", { name: "Confirm" });
  await page.goto((await link.getAttribute("href")) ?? "");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page).toHaveURL("/<<if board>>boards<<else>>dashboard<<end>>");

  await page.locator("#user-menu summary").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL("/login");

  await page.goto("/<<if board>>boards<<else>>dashboard<<end>>");
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel("Email").fill("ann@example.test");
  await page.getByLabel("Password").fill("violet-harbour-sings-twice");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL("/<<if board>>boards<<else>>dashboard<<end>>");
});

import { expect } from "@playwright/test";
import { Then, When } from "../support/test.ts";

When("Carl sends the feedback {string}", async ({ people }, text: string) => {
  const { page } = await people.get("Carl");
  await page.goto("/feedback");
  await page.getByLabel("Your email").fill("carl@example.test");
  await page.getByLabel("Your message").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
});

Then("he is thanked", async ({ people }) => {
  const { page } = await people.get("Carl");
  await expect(page.getByText("Thank you.")).toBeVisible();
});

Then("the mail {string} is in the inbox", async ({ people }, subject: string) => {
  const { page } = await people.get("Carl");
  await page.goto("/__mail");
  await expect(page.locator(".mail-list").getByText(subject).first()).toBeVisible();
});

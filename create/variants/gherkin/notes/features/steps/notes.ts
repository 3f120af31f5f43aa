import { expect } from "@playwright/test";
import { live } from "../support/live.ts";
import { Given, Then, When } from "../support/test.ts";

Given("Ann and Bob have the start page open", async ({ people }) => {
  for (const name of ["Ann", "Bob"]) {
    const { page } = await people.get(name);
    await page.goto("/");
    await live(page);
  }
});

When("{word} writes the note {string}", async ({ people }, name: string, text: string) => {
  const { page } = await people.get(name);
  await page.getByLabel("Your note").fill(text);
  await page.getByRole("button", { name: "Add note" }).click();
});

Then("{word} sees the note {string}", async ({ people }, name: string, text: string) => {
  const { page } = await people.get(name);
  await expect(page.locator(".note", { hasText: text })).toHaveCount(1);
});

When("Bob has typed {string}", async ({ people }, text: string) => {
  const { page } = await people.get("Bob");
  await page.getByLabel("Your note").pressSequentially(text);
});

Then("his typed text is still {string}", async ({ people }, text: string) => {
  const { page } = await people.get("Bob");
  await expect(page.getByLabel("Your note")).toHaveValue(text);
});

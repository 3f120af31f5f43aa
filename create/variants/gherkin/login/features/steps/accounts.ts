import { expect, type Page } from "@playwright/test";
import { goodPassword, type Person } from "../support/people.ts";
import { Given, Then, When } from "../support/test.ts";

const protectedPath = "/<<if board>>boards<<else>>dashboard<<end>>";

async function logIn({ page, email }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(goodPassword);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function expectPath(page: Page, path: string): Promise<void> {
  await expect(page).toHaveURL((url) => url.pathname === path);
}

When("Ann registers", async ({ people }) => {
  const { page, email } = await people.get("Ann");
  await page.goto("/register");
  await page.getByLabel("Name").fill("Ann");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(goodPassword);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText(email)).toBeVisible();
});

When("she follows the link in her mail and logs in", async ({ people }) => {
  const ann = await people.get("Ann");
  await ann.page.goto(await people.mails.link(ann.email, /verify-email/));
  await ann.page.getByRole("button", { name: "Confirm" }).click();
  await ann.page.waitForURL((url) => url.pathname !== "/verify-email");
  if (new URL(ann.page.url()).pathname === "/login") await logIn(ann);
});

Given("Ann has an account", async ({ people }) => {
  await people.register("Ann");
});

Given("Ann is logged in", async ({ people }) => {
  await people.logIn("Ann");
});

When("she opens the protected page", async ({ people }) => {
  await (await people.get("Ann")).page.goto(protectedPath);
});

When("she logs in", async ({ people }) => {
  const ann = await people.get("Ann");
  await expectPath(ann.page, "/login");
  await logIn(ann);
});

When("she logs out", async ({ people }) => {
  const { page } = await people.get("Ann");
  await page.goto(protectedPath);
  await page.locator("#user-menu summary").click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expectPath(page, "/login");
});

Then("she is on the protected page", async ({ people }) => {
  await expectPath((await people.get("Ann")).page, protectedPath);
});

Then("she is asked to log in", async ({ people }) => {
  await expectPath((await people.get("Ann")).page, "/login");
});

import { expect, test } from "@playwright/test";
import { openBrowser, password, signUp } from "./people.ts";

test("someone signs up, confirms by mail, and logs in again", async ({ browser }) => {
  const ann = await openBrowser(browser, "Ann");
  await signUp(ann, "Ann");
  await expect(ann.page).toHaveURL("/<<if board>>boards<<else>>dashboard<<end>>");

  await ann.page.locator("#user-menu summary").click();
  await ann.page.getByRole("button", { name: "Log out" }).click();
  await expect(ann.page).toHaveURL("/login");

  await ann.page.goto("/<<if board>>boards<<else>>dashboard<<end>>");
  await expect(ann.page).toHaveURL(/\/login\?next=/);
  await ann.page.getByLabel("Email").fill(ann.email);
  await ann.page.getByLabel("Password").fill(password);
  await ann.page.getByRole("button", { name: "Log in" }).click();
  await expect(ann.page).toHaveURL("/<<if board>>boards<<else>>dashboard<<end>>");
  await ann.page.close();
});

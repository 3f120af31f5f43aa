import { expect } from "@playwright/test";
import { AccountPages } from "../support/account-pages.ts";
import { clockedOf, startClockedPeople } from "../support/clocked-app.ts";
import { goodPassword } from "../support/people.ts";
import { RestartableBrowser } from "../support/restartable-browser.ts";
import type { Scene } from "../support/scene.ts";
import { Given, Then, When } from "../support/test.ts";

const newPassword = "copper-lantern-walks-home";

const pagesOf = (scene: Scene) => new AccountPages(scene.someone.page);
const restartedOf = (scene: Scene) => scene.notes.get("restarted") as AccountPages;

When(
  /^she logs in (to stay|without staying), and starts her browser again$/,
  async ({ launchOptions, site, scene }, how: string) => {
    const browser = new RestartableBrowser({ ...launchOptions, baseURL: site.url });
    scene.atEnd(() => browser.close());
    const page = await browser.start();
    await new AccountPages(page).enter({ email: scene.someone.email, stays: how === "to stay" });
    scene.notes.set("restarted", new AccountPages(await browser.start()));
  },
);

Then(/^the boards are (open|closed) in it$/, async ({ scene }, state: string) => {
  const { page } = restartedOf(scene);
  await page.goto("/boards");
  await expect(page).toHaveURL(state === "open" ? /\/boards$/ : /\/login\?next=%2Fboards$/);
});

When("she changes her name to {string} on her account page", async ({ scene }, name: string) => {
  const { page, keyboard } = pagesOf(scene);
  await page.goto("/boards");
  await keyboard.reach(page.locator("#user-menu summary"));
  await page.keyboard.press("Enter");
  await keyboard.press("Account", "link");
  await keyboard.type("Name", name);
  await keyboard.press("Save profile");
});

Then("the menu of every page says {string}", async ({ scene }, name: string) => {
  const { page } = scene.someone;
  for (const path of ["/", "/boards", "/account"]) {
    await page.goto(path);
    await expect(page.locator("#user-menu summary")).toContainText(name);
  }
});

When("she asks for another address on her account page", async ({ scene }) => {
  const { page, keyboard } = pagesOf(scene);
  scene.notes.set("new address", `new-${scene.someone.email}`);
  await page.goto("/account");
  await keyboard.type("New email", `new-${scene.someone.email}`);
  await keyboard.press("Change email");
  await expect(page.locator("#bk-flash")).toContainText(`new-${scene.someone.email}`);
});

Then("her account still has the address that it had", async ({ scene }) => {
  await expect(scene.someone.page.locator(".facts")).toContainText(scene.someone.email);
  await expect(scene.someone.page.locator(".facts")).not.toContainText(`new-${scene.someone.email}`);
});

When("she follows the link mailed to the old address and approves", async ({ people, scene }) => {
  const pages = pagesOf(scene);
  await pages.confirm(await people.mails.link(scene.someone.email, /change-email/), "Approve");
  await pages.expectText(`Next, open the link we sent to ${scene.notes.get("new address")}.`);
  await pages.page.goto("/account");
});

When("she follows the link mailed to the new address and confirms", async ({ people, scene }) => {
  await pagesOf(scene).confirm(await people.mails.link(String(scene.notes.get("new address")), /change-email/));
});

Then("her account has the new address", async ({ scene }) => {
  await scene.someone.page.goto("/account");
  await expect(scene.someone.page.locator(".facts")).toContainText(String(scene.notes.get("new address")));
});

Then("the old address is mailed {string}", async ({ people, scene }, subject: string) => {
  await people.mails.subjects(scene.someone.email, subject);
});

Given("Ann is logged in on two devices to an app whose clock can be turned", async ({ browser, scene }) => {
  const people = await startClockedPeople(scene, browser);
  scene.person = await people.logIn("Ann");
  const other = new AccountPages((await people.get("Ann's other device")).page);
  await other.enter(scene.person);
  scene.notes.set("other device", other);
});

When("she opens her account page", async ({ scene }) => {
  await pagesOf(scene).expectLoggedIn();
});

Then("no form on it changes the password", async ({ scene }) => {
  await expect(scene.someone.page.getByRole("button", { name: "Change password" })).toHaveCount(0);
});

When("she enters her password to go on", async ({ scene }) => {
  const { keyboard } = pagesOf(scene);
  await keyboard.press("Enter your password", "link");
  await keyboard.type("Password", goodPassword);
  await keyboard.press("Continue");
});

When("she changes her password", async ({ scene }) => {
  const pages = pagesOf(scene);
  await pages.keyboard.type("Current password", goodPassword);
  await pages.choosePassword(newPassword, newPassword);
});

Then("her other device is logged out", async ({ scene }) => {
  await (scene.notes.get("other device") as AccountPages).expectLoggedOut();
});

Then("she is mailed {string} by that app", async ({ scene }, subject: string) => {
  await clockedOf(scene).mails.subjects(scene.someone.email, subject);
});

When("she deletes her account", async ({ scene }) => {
  const { page, keyboard } = pagesOf(scene);
  await page.goto("/account");
  await keyboard.type(`Enter ${scene.someone.email} to confirm`, scene.someone.email);
  await keyboard.press("Delete my account");
  await page.waitForURL((url) => url.pathname === "/login");
});

Then("her password no longer logs her in", async ({ scene }) => {
  await pagesOf(scene).logIn(scene.someone);
  await pagesOf(scene).expectText("Incorrect email or password.");
});

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

When("she chooses a picture on her account page", async ({ scene }) => {
  const { page } = scene.someone;
  await page.goto("/account");
  await page
    .getByLabel("Picture", { exact: true })
    .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: picture });
  await page.getByRole("button", { name: "Save profile" }).click();
  await new AccountPages(page).expectText("Your profile was saved.");
});

Then("the picture is shown on it, from the app's own host", async ({ scene }) => {
  const shown = scene.someone.page.locator("img.avatar");
  await expect(shown).toHaveAttribute("src", /^\/account\/pictures\//);
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
});

import { expect, type Page } from "@playwright/test";
import { totpCode } from "buffkit/testing";
import { AccountPages } from "../support/account-pages.ts";
import { axeViolations } from "../support/axe.ts";
import { readQrCode } from "../support/qr-code.ts";
import type { Scene } from "../support/scene.ts";
import { Given, Then, When } from "../support/test.ts";

const stepMs = 30_000;
const secretOf = (scene: Scene) => String(scene.notes.get("authenticator"));

/** What axe found on this page, added to what it found before. Without JavaScript it cannot look. */
async function look(scene: Scene, page: Page): Promise<void> {
  const { person } = scene;
  const known = (scene.notes.get("violations") as string[] | undefined) ?? [];
  const found = person?.name === "Ann" ? await axeViolations(page) : [];
  scene.notes.set("violations", [...known, ...found]);
}

Given("Dora is logged in with JavaScript switched off", async ({ people, scene }) => {
  scene.person = await people.logIn("Dora", { javaScriptEnabled: false });
});

When("she turns on two-step login with her authenticator app", async ({ scene }) => {
  const { page } = scene.someone;
  await page.goto("/account");
  await page.getByRole("link", { name: "Turn on two-step login" }).click();
  const key = (await page.locator(".key").textContent()) ?? "";
  const secret = key.replaceAll("-", "");
  scene.notes.set("authenticator", secret);
  await expect(page.getByRole("link", { name: "open the app" })).toHaveAttribute("href", /^otpauth:\/\/totp\//);
  await look(scene, page);
  await page.getByLabel("Code", { exact: true }).fill(totpCode(secret, Date.now()));
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.locator(".recovery-codes li")).toHaveCount(10);
  scene.notes.set("recovery code", await page.locator(".recovery-codes li").first().textContent());
  await look(scene, page);
  await page.goto("/account/second-factor");
  await look(scene, page);
});

When("she opens the page that turns on two-step login", async ({ scene }) => {
  await scene.someone.page.goto("/account/second-factor");
});

Then("a camera reads the address of her key from it, in light and in dark", async ({ scene }) => {
  const { page } = scene.someone;
  const key = (await page.locator(".key").textContent()) ?? "";
  const address = await page.getByRole("link", { name: "open the app" }).getAttribute("href");
  expect(address).toContain(`secret=${key.replaceAll("-", "")}&`);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await readQrCode(page.getByRole("img", { name: "QR code" }))).toBe(address);
  }
});

When("she logs out and enters her password", async ({ scene }) => {
  await scene.someone.context.clearCookies();
  await new AccountPages(scene.someone.page).enter({ email: scene.someone.email });
});

Then("she is asked for a code, and the boards are closed to her", async ({ scene }) => {
  const { page } = scene.someone;
  await expect(page).toHaveURL(/\/login\/code$/);
  await look(scene, page);
  await page.goto("/boards");
  await expect(page).toHaveURL(/\/login\?next=%2Fboards$/);
  await page.goto("/login/code");
});

When("she enters a code of her app", async ({ scene }) => {
  // The code of this half minute turned it on and is used up; the next one is good already.
  await enter(scene, totpCode(secretOf(scene), Date.now() + stepMs));
});

When("she enters her first recovery code", async ({ scene }) => {
  await enter(scene, String(scene.notes.get("recovery code")));
});

Then("she is where the log-in leads", async ({ scene }) => {
  await expect(scene.someone.page).toHaveURL(/\/boards$/);
});

Then("axe finds nothing on the pages of her two steps", ({ scene }) => {
  expect(scene.notes.get("violations")).toEqual([]);
});

async function enter(scene: Scene, code: string): Promise<void> {
  const { page } = scene.someone;
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Log in" }).click();
}

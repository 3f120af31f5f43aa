import { expect } from "@playwright/test";
import { totpCode } from "buffkit/testing";
import { axeViolations } from "../accessibility/axe.ts";
import type { People } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { AccountPages } from "./account-pages.ts";
import { readQrCode } from "./qr-code.ts";

/** How long a code of an authenticator app is valid. */
const codeMs = 30_000;

/** Login with a password and a code. */
export class TwoStepScene {
  readonly #people: People;
  readonly #scene: Scene;
  readonly #secret = new Slot<string>("the secret of an authenticator app");
  readonly #recoveryCode = new Slot<string>("a recovery code");
  readonly #violations: string[] = [];
  #hasJavaScript = true;

  constructor(people: People, scene: Scene) {
    this.#people = people;
    this.#scene = scene;
  }

  async logInWithoutJavaScript(name: string): Promise<void> {
    this.#scene.person = await this.#people.logIn(name, { javaScriptEnabled: false });
    this.#hasJavaScript = false;
  }

  async openSetup(): Promise<void> {
    await this.#scene.page.goto("/account/second-factor");
  }

  async turnOn(): Promise<void> {
    const { page } = this.#scene;
    await page.goto("/account");
    await page.getByRole("link", { name: "Turn on two-step login" }).click();
    const secret = await this.#shownSecret();
    this.#secret.value = secret;
    await expect(page.getByRole("link", { name: "open the app" })).toHaveAttribute("href", /^otpauth:\/\/totp\//);
    await this.#audit();
    await page.getByLabel("Code", { exact: true }).fill(totpCode(secret, Date.now()));
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(page.locator(".recovery-codes li")).toHaveCount(10);
    this.#recoveryCode.value = (await page.locator(".recovery-codes li").first().textContent()) ?? "";
    await this.#audit();
    await this.openSetup();
    await this.#audit();
  }

  async expectReadableQrCode(): Promise<void> {
    const { page } = this.#scene;
    const address = await page.getByRole("link", { name: "open the app" }).getAttribute("href");
    expect(address).toContain(`secret=${await this.#shownSecret()}&`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await readQrCode(page.getByRole("img", { name: "QR code" })), colorScheme).toBe(address);
    }
  }

  async logInAgain(): Promise<void> {
    await this.#scene.person.context.clearCookies();
    await new AccountPages(this.#scene.page).enter({ email: this.#scene.person.email });
  }

  async expectCodeNeeded(): Promise<void> {
    const { page } = this.#scene;
    await expect(page).toHaveURL(/\/login\/code$/);
    await this.#audit();
    await new AccountPages(page).expectBoardsClosed();
    await page.goto("/login/code");
  }

  async enterCode(): Promise<void> {
    // Turning it on has used up the current code; the next one is accepted already.
    await this.#enter(totpCode(this.#secret.value, Date.now() + codeMs));
  }

  async enterRecoveryCode(): Promise<void> {
    await this.#enter(this.#recoveryCode.value);
  }

  expectNoViolations(): void {
    expect(this.#violations).toEqual([]);
  }

  async #shownSecret(): Promise<string> {
    return ((await this.#scene.page.locator(".key").textContent()) ?? "").replaceAll("-", "");
  }

  async #enter(code: string): Promise<void> {
    const { page } = this.#scene;
    await page.getByLabel("Code", { exact: true }).fill(code);
    await page.getByRole("button", { name: "Log in" }).click();
  }

  /** axe needs JavaScript. */
  async #audit(): Promise<void> {
    if (this.#hasJavaScript) this.#violations.push(...(await axeViolations(this.#scene.page)));
  }
}

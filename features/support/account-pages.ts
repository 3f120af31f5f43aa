import { expect, type Page } from "@playwright/test";
import { Keyboard } from "./keyboard.ts";
import { goodPassword } from "./people.ts";

/** The pages of accounts in somebody's browser, used by keyboard. */
export class AccountPages {
  readonly page: Page;
  readonly keyboard: Keyboard;

  constructor(page: Page) {
    this.page = page;
    this.keyboard = new Keyboard(page);
  }

  async register(who: { readonly name: string; readonly email: string; readonly password?: string }): Promise<void> {
    await this.page.goto("/register");
    await this.keyboard.type("Name", who.name);
    await this.keyboard.type("Email", who.email);
    await this.keyboard.type("Password", who.password ?? goodPassword);
    await this.keyboard.press("Create account");
  }

  async logIn(who: { readonly email: string; readonly password?: string; readonly stays?: boolean }): Promise<void> {
    await this.page.goto("/login");
    await this.keyboard.type("Email", who.email);
    await this.keyboard.type("Password", who.password ?? goodPassword);
    if (who.stays) await this.keyboard.tick("Keep me logged in on this device");
    await this.keyboard.press("Log in");
  }

  /** Logs in with what is right, and waits until that has led on. */
  async enter(who: { readonly email: string; readonly password?: string; readonly stays?: boolean }): Promise<void> {
    await this.logIn(who);
    await this.page.waitForURL((url) => url.pathname !== "/login");
  }

  /** Follows a mailed link as far as its page goes, and presses the one button there is. */
  async confirm(link: string, button = "Confirm"): Promise<void> {
    await this.page.goto(link);
    await this.keyboard.press(button);
    await this.page.waitForURL((url) => url.pathname !== new URL(link).pathname);
  }

  async askForPassword(email: string): Promise<void> {
    await this.page.goto("/forgot-password");
    await this.keyboard.type("Email", email);
    await this.keyboard.press("Send link");
    await expect(this.page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  }

  async choosePassword(password: string, again: string): Promise<void> {
    await this.keyboard.type("New password", password);
    await this.keyboard.type("Confirm new password", again);
    await this.keyboard.press("Change password");
  }

  async expectText(text: string): Promise<void> {
    await expect(this.page.getByText(text, { exact: true }).first()).toBeVisible();
  }

  async expectLoginPage(text: string): Promise<void> {
    await expect(this.page).toHaveURL(/\/login$/);
    await expect(this.page.locator("#bk-flash")).toHaveText(text);
  }

  /** Asks for a page that only people with a session may see. */
  async expectLoggedOut(): Promise<void> {
    await this.page.goto("/account");
    await expect(this.page).toHaveURL(/\/login\?next=%2Faccount$/);
  }

  async expectLoggedIn(): Promise<void> {
    await this.page.goto("/account");
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText("Your account");
  }

  /** What the main part says, with an address replaced by a sign that is the same for everybody. */
  async textWithout(email: string): Promise<string> {
    const [text = ""] = await this.page.getByRole("main").allTextContents();
    return text.replaceAll(email, "…");
  }
}

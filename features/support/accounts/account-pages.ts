import { expect, type Page } from "@playwright/test";
import { Keyboard } from "../keyboard.ts";
import { goodPassword } from "../people.ts";

interface Credentials {
  readonly email: string;
  /** Default: the password that everyone registers with. */
  readonly password?: string;
  /** Whether the login survives a restart of the browser. Default: false. */
  readonly isRemembered?: boolean;
}

/** The account pages in someone's browser, used with the keyboard. */
export class AccountPages {
  readonly page: Page;
  readonly keyboard: Keyboard;

  constructor(page: Page) {
    this.page = page;
    this.keyboard = new Keyboard(page);
  }

  async register(who: Credentials & { readonly name: string }): Promise<void> {
    await this.page.goto("/register");
    await this.keyboard.type("Name", who.name);
    await this.keyboard.type("Email", who.email);
    await this.keyboard.type("Password", who.password ?? goodPassword);
    await this.keyboard.press("Create account");
  }

  /** Submits the login form, whatever comes of it. */
  async logIn(who: Credentials): Promise<void> {
    await this.page.goto("/login");
    await this.keyboard.type("Email", who.email);
    await this.keyboard.type("Password", who.password ?? goodPassword);
    if (who.isRemembered) await this.keyboard.tick("Keep me logged in on this device");
    await this.keyboard.press("Log in");
  }

  /** Logs in with valid credentials and waits for the page after it. */
  async enter(who: Credentials): Promise<void> {
    await this.logIn(who);
    await this.page.waitForURL((url) => url.pathname !== "/login");
  }

  /** Follows a mailed link and presses the button on its page. */
  async confirm(link: string, button = "Confirm"): Promise<void> {
    await this.page.goto(link);
    await this.keyboard.press(button);
    await this.page.waitForURL((url) => url.pathname !== new URL(link).pathname);
  }

  /** The same where the page asks for the password. */
  async confirmWithPassword(link: string): Promise<void> {
    await this.page.goto(link);
    await this.keyboard.type("Password", goodPassword);
    await this.keyboard.press("Confirm");
    await this.page.waitForURL((url) => url.pathname !== new URL(link).pathname);
  }

  async requestPasswordReset(email: string): Promise<void> {
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

  /** Opens a page that needs a session, and expects the login page. */
  async expectLoggedOut(): Promise<void> {
    await this.page.goto("/account");
    await expect(this.page).toHaveURL(/\/login\?next=%2Faccount$/);
  }

  async expectFlash(text: string): Promise<void> {
    await expect(this.page.locator("#bk-flash")).toHaveText(text);
  }

  async expectLoggedIn(): Promise<void> {
    await this.page.goto("/account");
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText("Your account");
  }

  async expectBoardsOpen(): Promise<void> {
    await expect(this.page).toHaveURL(/\/boards$/);
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(/boards/i);
  }

  async expectBoardsClosed(): Promise<void> {
    await this.page.goto("/boards");
    await expect(this.page).toHaveURL(/\/login\?next=%2Fboards$/);
  }

  /** The text of the main content, with the address replaced by a placeholder. */
  async textWithout(email: string): Promise<string> {
    const [text = ""] = await this.page.getByRole("main").allTextContents();
    return text.replaceAll(email, "…");
  }
}

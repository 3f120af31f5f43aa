import { expect } from "@playwright/test";
import type { ClockedScene } from "../clocked-scene.ts";
import { goodPassword, type People } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { AccountPages } from "./account-pages.ts";
import { newPassword, wrongLogin } from "./passwords.ts";
import { RestartableBrowser, type RestartableBrowserOptions } from "./restartable-browser.ts";

/** A PNG image of one pixel. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What people do on their account page: profile, address, password, deletion; and how long a login lasts. */
export class AccountPageScene {
  readonly #people: People;
  readonly #scene: Scene;
  readonly #clocked: ClockedScene;
  readonly #otherDevice = new Slot<AccountPages>("another device");
  readonly #restarted = new Slot<AccountPages>("a restarted browser");

  constructor(people: People, scene: Scene, clocked: ClockedScene) {
    this.#people = people;
    this.#scene = scene;
    this.#clocked = clocked;
  }

  get otherDevice(): AccountPages {
    return this.#otherDevice.value;
  }

  async logInAndRestartBrowser(options: RestartableBrowserOptions, isRemembered: boolean): Promise<void> {
    const browser = new RestartableBrowser(options);
    this.#scene.atEnd(() => browser.close());
    const pages = new AccountPages(await browser.start());
    await pages.enter({ email: this.#scene.person.email, isRemembered });
    this.#restarted.value = new AccountPages(await browser.start());
  }

  async expectBoardsAfterRestart(areOpen: boolean): Promise<void> {
    const pages = this.#restarted.value;
    if (!areOpen) return await pages.expectBoardsClosed();
    await pages.page.goto("/boards");
    await pages.expectBoardsOpen();
  }

  async logInOnTwoDevices(): Promise<void> {
    const people = await this.#clocked.startWithPeople();
    this.#scene.person = await people.logIn("Ann");
    this.#otherDevice.value = new AccountPages((await people.get("Ann's other device")).page);
    await this.otherDevice.enter(this.#scene.person);
  }

  async changeName(name: string): Promise<void> {
    const { page, keyboard } = this.#pages;
    await page.goto("/boards");
    await keyboard.reach(page.locator("#user-menu summary"));
    await page.keyboard.press("Enter");
    await keyboard.press("Account", "link");
    await keyboard.type("Name", name);
    await keyboard.press("Save profile");
  }

  async expectNameInMenu(name: string): Promise<void> {
    const { page } = this.#scene;
    for (const path of ["/", "/boards", "/account"]) {
      await page.goto(path);
      await expect(page.locator("#user-menu summary")).toContainText(name);
    }
  }

  async uploadPicture(): Promise<void> {
    const { page } = this.#scene;
    await page.goto("/account");
    await page
      .getByLabel("Picture", { exact: true })
      .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: picture });
    await page.getByRole("button", { name: "Save profile" }).click();
    await this.#pages.expectText("Your profile was saved.");
  }

  async expectPicture(): Promise<void> {
    const shown = this.#scene.page.locator("img.avatar");
    await expect(shown).toHaveAttribute("src", /^\/account\/pictures\//);
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  }

  async requestNewAddress(): Promise<void> {
    const { page, keyboard } = this.#pages;
    await page.goto("/account");
    await keyboard.type("New email", this.#newAddress);
    await keyboard.press("Change email");
    await expect(page.locator("#bk-flash")).toContainText(this.#newAddress);
  }

  async approveAtOldAddress(): Promise<void> {
    const link = await this.#people.mails.link(this.#scene.person.email, /change-email/);
    await this.#pages.confirm(link, "Approve");
    await this.#pages.expectText(`Next, open the link we sent to ${this.#newAddress}.`);
    await this.#scene.page.goto("/account");
  }

  async confirmAtNewAddress(): Promise<void> {
    await this.#pages.confirm(await this.#people.mails.link(this.#newAddress, /change-email/));
  }

  async expectOldAddress(): Promise<void> {
    const facts = this.#scene.page.locator(".facts");
    await expect(facts).toContainText(this.#scene.person.email);
    await expect(facts).not.toContainText(this.#newAddress);
  }

  async expectNewAddress(): Promise<void> {
    await this.#scene.page.goto("/account");
    await expect(this.#scene.page.locator(".facts")).toContainText(this.#newAddress);
  }

  async expectNoPasswordForm(): Promise<void> {
    await expect(this.#scene.page.getByRole("button", { name: "Change password" })).toHaveCount(0);
  }

  async confirmPassword(): Promise<void> {
    const { keyboard } = this.#pages;
    await keyboard.press("Enter your password", "link");
    await keyboard.type("Password", goodPassword);
    await keyboard.press("Continue");
  }

  async changePassword(): Promise<void> {
    await this.#pages.keyboard.type("Current password", goodPassword);
    await this.#pages.choosePassword(newPassword, newPassword);
  }

  async deleteAccount(): Promise<void> {
    const { page, keyboard } = this.#pages;
    const { email } = this.#scene.person;
    await page.goto("/account");
    await keyboard.type(`Enter ${email} to confirm`, email);
    await keyboard.press("Delete my account");
    await page.waitForURL((url) => url.pathname === "/login");
  }

  async expectPasswordWorksNoLonger(): Promise<void> {
    await this.#pages.logIn(this.#scene.person);
    await this.#pages.expectText(wrongLogin);
  }

  get #pages(): AccountPages {
    return new AccountPages(this.#scene.page);
  }

  get #newAddress(): string {
    return `new-${this.#scene.person.email}`;
  }
}

import { expect } from "@playwright/test";
import { AccountPages } from "../accounts/account-pages.ts";
import { live } from "../live.ts";
import { goodPassword, type People, type Person } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

const phoneAgent =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

type Cookies = Awaited<ReturnType<Person["context"]["cookies"]>>;

/** Ann's laptop and her phone. */
export class DeviceScene {
  readonly #people: People;
  readonly #scene: Scene;
  readonly #phone = new Slot<Person>("Ann's phone");
  readonly #phoneCookies = new Slot<Cookies>("the cookies of Ann's phone");
  readonly #leftAt = new Slot<Promise<number>>("a page that is open on Ann's phone");
  readonly #loggedOutAt = new Slot<number>("a logout");

  constructor(people: People, scene: Scene) {
    this.#people = people;
    this.#scene = scene;
  }

  async logInOnBoth(): Promise<void> {
    this.#scene.person = await this.#people.logIn("Ann");
    this.#phone.value = await this.#people.get("Ann's phone", { userAgent: phoneAgent });
    await new AccountPages(this.#phone.value.page).enter(this.#scene.person);
  }

  async openStreamOnPhone(path = "/boards"): Promise<void> {
    const { page, context } = this.#phone.value;
    await page.goto(path);
    await live(page);
    this.#phoneCookies.value = await context.cookies();
    // Leaving starts with this request; how fast the next page renders is another matter.
    this.#leftAt.value = page
      .waitForRequest((request) => new URL(request.url()).pathname === "/login")
      .then(() => Date.now());
  }

  /** Presses a button in the list of sessions. */
  async press(button: string): Promise<void> {
    const { page, keyboard } = new AccountPages(this.#scene.page);
    await page.goto("/account");
    const answered = page.waitForResponse((response) => response.url().includes("/account/sessions/"));
    await keyboard.press(button);
    await answered;
    this.#loggedOutAt.value = Date.now();
  }

  async expectDevices(current: string, other: string): Promise<void> {
    const rows = this.#scene.page.locator(".sessions li");
    await expect(rows).toHaveCount(2);
    await expect(rows.filter({ hasText: "this device" })).toContainText(current);
    await expect(rows.filter({ hasNotText: "this device" })).toContainText(other);
  }

  async expectAddressesAndTimes(): Promise<void> {
    const lines = this.#scene.page.locator(".sessions li small");
    await expect(lines).toHaveText([/^198\.18\.\d+\.\d+, last used \d{4}-/, /^198\.18\.\d+\.\d+, last used \d{4}-/]);
  }

  async expectPhoneLeaves(withinMs: number): Promise<void> {
    expect((await this.#leftAt.value) - this.#loggedOutAt.value).toBeLessThan(withinMs);
    await expect(this.#phone.value.page.getByRole("heading", { level: 1 })).toHaveText("Log in");
  }

  async expectPhoneCookieWorthless(): Promise<void> {
    const { context, page } = this.#phone.value;
    await context.addCookies(this.#phoneCookies.value);
    await new AccountPages(page).expectLoggedOut();
  }

  async logInAgainOnPhone(): Promise<void> {
    const { page } = this.#phone.value;
    await page.getByLabel("Email").fill(this.#scene.person.email);
    await page.getByLabel("Password").fill(goodPassword);
    await page.getByRole("button", { name: "Log in" }).click();
  }

  async expectPhoneAt(path: string): Promise<void> {
    const { page } = this.#phone.value;
    await expect(page).toHaveURL((url) => url.pathname + url.search === path);
    await live(page);
  }

  async expectLaptopLoggedIn(): Promise<void> {
    await new AccountPages(this.#scene.page).expectLoggedIn();
    await expect(this.#scene.page.locator(".sessions li")).toHaveCount(1);
  }
}

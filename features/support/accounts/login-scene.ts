import { expect } from "@playwright/test";
import { goodPassword, type People } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

/** Visitors, and people who log in and out with the mouse. */
export class LoginScene {
  readonly #people: People;
  readonly #scene: Scene;
  readonly #account = new Slot<string>("an account");
  readonly #wasRedirected = new Slot<boolean>("a visit");

  constructor(people: People, scene: Scene) {
    this.#people = people;
    this.#scene = scene;
  }

  async visit(path: string): Promise<void> {
    this.#scene.person = await this.#people.get("Visitor");
    await this.#scene.page.goto(path);
  }

  async createAccount(name: string): Promise<void> {
    this.#scene.person = await this.#people.register(name);
    this.#account.value = this.#scene.person.email;
  }

  async logIn(): Promise<void> {
    await this.#scene.page.goto("/login");
    await this.submitForm();
  }

  /** Fills in the login form that is open. */
  async submitForm(): Promise<void> {
    const { page } = this.#scene;
    await page.getByLabel("Email").fill(this.#account.value);
    await page.getByLabel("Password").fill(goodPassword);
    await page.getByRole("button", { name: "Log in" }).click();
  }

  async logOut(): Promise<void> {
    const { page } = this.#scene;
    await page.goto("/boards");
    await expect(page.locator("#bk-flash > *").first()).toBeVisible();
    await this.pressLogOut();
    await expect(page).toHaveURL(/\/login/);
  }

  async pressLogOut(): Promise<void> {
    const { page } = this.#scene;
    await page.locator("#user-menu summary").click();
    const button = page.getByRole("button", { name: "Log out" });
    await expect(button).toBeVisible();
    // A click would wait until a message that lies over the menu is gone, which people don't.
    expect(await button.evaluate(isOnTop)).toBe(true);
    await button.click();
  }

  async open(path: string): Promise<void> {
    const response = await this.#scene.page.goto(path);
    this.#wasRedirected.value = (response?.request().redirectedFrom() ?? null) !== null;
  }

  expectNoRedirect(): void {
    expect(this.#wasRedirected.value).toBe(false);
  }

  async expectForm(): Promise<void> {
    const { page } = this.#scene;
    await expect(page.getByLabel("Email")).toBeVisible();
    await expect(page.getByLabel("Password")).toHaveAttribute("type", "password");
  }
}

/** Whether a click in the middle of the element would reach it. */
function isOnTop(element: Element): boolean {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}

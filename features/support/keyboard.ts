import { expect, type Locator, type Page } from "@playwright/test";

const patience = 60;

/** Somebody who uses a page by its keys alone. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes on from element to element with Tab until this one has the focus; fails when Tab never leads there. */
  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let step = 0; step < patience; step++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.#page.keyboard.press("Tab");
    }
    await expect(target).toBeFocused({ timeout: 1 });
  }

  /** Types into the field with this label, in place of what it holds. */
  async type(label: string, text: string): Promise<void> {
    await this.reach(this.field(label));
    await this.#page.keyboard.press("Control+A");
    await this.#page.keyboard.type(text);
  }

  async tick(label: string): Promise<void> {
    await this.reach(this.field(label));
    await this.#page.keyboard.press("Space");
  }

  /** Presses a button, or follows a link, with Enter. */
  async press(name: string, role: "button" | "link" = "button"): Promise<void> {
    await this.reach(this.#page.getByRole(role, { name, exact: true }));
    await this.#page.keyboard.press("Enter");
  }

  field(label: string): Locator {
    return this.#page.getByLabel(label, { exact: true });
  }
}

import { expect, type Locator, type Page } from "@playwright/test";

const maxTabs = 60;

/** Uses a page with the keyboard only. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses Tab until this element is focused; fails if Tab never gets there. */
  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let step = 0; step < maxTabs; step++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.#page.keyboard.press("Tab");
    }
    await expect(target).toBeFocused({ timeout: 1 });
  }

  /** Replaces the text of the field with this label. */
  async type(label: string, text: string): Promise<void> {
    await this.reach(this.field(label));
    await this.#page.keyboard.press("Control+A");
    await this.#page.keyboard.type(text);
  }

  async tick(label: string): Promise<void> {
    await this.reach(this.field(label));
    await this.#page.keyboard.press("Space");
  }

  /** Activates a button or a link with Enter. */
  async press(name: string, role: "button" | "link" = "button"): Promise<void> {
    await this.reach(this.#page.getByRole(role, { name, exact: true }));
    await this.#page.keyboard.press("Enter");
  }

  field(label: string): Locator {
    return this.#page.getByLabel(label, { exact: true });
  }
}

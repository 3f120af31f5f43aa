import { expect, type Locator, type Page } from "@playwright/test";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";

const menu = (name: string) => `<details class="bk-dropdown"><summary>${name}</summary>
  <div class="bk-dropdown-panel"><button>First of ${name}</button><button>Last of ${name}</button></div></details>`;
const content = `${menu("File")}${menu("View")}<p>Text</p><button>After</button>
  <details><summary>More</summary><p>About</p></details>`;

/** A page with two menus, and with a part that opens but isn't a menu. */
export class MenuScene {
  readonly #page: PushedPage;
  readonly #tab: Page;

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
    this.#tab = page;
  }

  async open(): Promise<void> {
    await this.#page.wire();
    await this.#page.open(content);
    await this.#tab.getByText("More").click();
  }

  async openMenu(name: string): Promise<void> {
    await this.#summary(name).click();
    await this.expectOpen([name]);
  }

  async click(text: string): Promise<void> {
    await this.#tab.getByText(text, { exact: true }).click();
  }

  async press(key: string): Promise<void> {
    await this.#tab.keyboard.press(key);
  }

  async focus(button: string): Promise<void> {
    await this.#tab.getByRole("button", { name: button }).focus();
  }

  /** As when the browser's window loses the focus: nothing else has it. */
  async leaveWindow(): Promise<void> {
    await this.#tab.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
  }

  async expectOpen(names: readonly string[]): Promise<void> {
    await expect(this.#tab.locator("details[open] > summary")).toHaveText([...names, "More"]);
  }

  async expectFocus(name: string): Promise<void> {
    await expect(this.#summary(name)).toBeFocused();
  }

  #summary(name: string): Locator {
    return this.#tab.locator("summary", { hasText: name });
  }
}

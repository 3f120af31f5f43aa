import { expect, type Page } from "@playwright/test";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";

const row = (name: string) => `<li id="row-${name}"><button id="rename-${name}">Rename ${name}</button>
  <button hx-post="/gone" hx-target="closest li" hx-swap="delete">Delete ${name}</button></li>`;
const content = `<ul id="rows">${["a", "b"].map(row).join("")}</ul><p id="text">Text</p>
  ${"<br>".repeat(200)}<div id="box"><button hx-post="/gone" hx-target="#box" hx-swap="delete">Remove box</button></div>`;

/** A page whose focused element goes away. */
export class FocusScene {
  readonly #page: PushedPage;
  readonly #tab: Page;

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
    this.#tab = page;
  }

  async open(): Promise<void> {
    // Otherwise the page is still scrolling when it is looked at.
    await this.#tab.emulateMedia({ reducedMotion: "reduce" });
    await this.#page.wire((app) => app.post("/gone", (c) => c.text("gone")));
    await this.#page.open(content);
  }

  async focus(button: string): Promise<void> {
    await this.#tab.getByRole("button", { name: button }).focus();
  }

  async press(button: string): Promise<void> {
    await this.focus(button);
    await this.#tab.keyboard.press("Enter");
    await expect(this.#tab.getByRole("button", { name: button })).toHaveCount(0);
  }

  async leaveEverything(): Promise<void> {
    await this.#tab.locator(":focus").blur();
  }

  async update(): Promise<void> {
    await this.#page.push("<p>other text</p>", { target: "#text", swap: "innerHTML" });
  }

  async expectFocus(name: string): Promise<void> {
    await expect(this.#tab.locator(":focus")).toHaveText(name);
  }

  async expectFocusOnMain(): Promise<void> {
    await expect(this.#tab.locator("#main")).toBeFocused();
  }

  async expectNoFocus(): Promise<void> {
    await expect(this.#tab.locator(":focus")).toHaveCount(0);
  }

  async expectScrolledDown(): Promise<void> {
    expect(await this.#tab.evaluate(() => scrollY)).toBeGreaterThan(1000);
  }
}

import { expect, type Locator, type Page } from "@playwright/test";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";

const content = `<button hx-post="/fail">Fail</button><button hx-post="/tell" hx-target="#told">Tell</button><div id="told"></div>
  <p class="bk-flash" id="first">Welcome</p><p data-dismiss-after="2000" id="short">Copied</p>`;

/** Messages that go away by themselves. The clock of the page only moves when a step moves it. */
export class MessageScene {
  readonly #page: PushedPage;
  readonly #tab: Page;

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
    this.#tab = page;
  }

  get #alert(): Locator {
    return this.#tab.getByRole("alert");
  }

  async open(): Promise<void> {
    await this.#page.wire((app) => {
      app.post("/fail", (c) => c.text("no", 500));
      app.post("/tell", (c) => c.html('<p class="bk-flash" id="later"><a href="/more">More</a></p>'));
    });
    const start = Date.now();
    await this.#tab.clock.install({ time: start });
    await this.#tab.clock.pauseAt(start + 1000);
    await this.#page.open(content);
  }

  async pass(ms: number): Promise<void> {
    await this.#tab.clock.runFor(ms);
  }

  async expectShown(ids: readonly string[]): Promise<void> {
    const shown = await this.#tab
      .locator(".bk-flash, [data-dismiss-after]")
      .evaluateAll((all) => all.map(({ id }) => id));
    expect(shown).toEqual(ids);
  }

  async failUnderPointer(): Promise<void> {
    await this.#tab.getByRole("button", { name: "Fail" }).click();
    await this.#alert.hover();
  }

  async movePointerAway(): Promise<void> {
    await this.#tab.mouse.move(0, 0);
  }

  async expectAlert(isShown: boolean): Promise<void> {
    await expect(this.#alert).toHaveCount(isShown ? 1 : 0);
  }

  async tell(): Promise<void> {
    await this.#tab.getByRole("button", { name: "Tell" }).click();
    await this.#tab.clock.runFor(10);
    await this.#tab.getByRole("link", { name: "More" }).focus();
  }

  async leaveLink(): Promise<void> {
    await this.#tab.getByRole("link", { name: "More" }).blur();
  }
}

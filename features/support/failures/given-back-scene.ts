import { expect, type Locator, type Page, type Route } from "@playwright/test";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

const content = `<form id="say" hx-post="/say" hx-target="#said" data-reset><input type="hidden" name="room" value="7">
  <label>Text <input id="text" name="text"></label><label>Note <textarea id="note" name="note"></textarea></label>
  <button>Say</button></form><p id="said"></p>`;

/** A form that is ready for the next entry as soon as it is sent, and requests that fail. */
export class GivenBackScene {
  readonly #page: PushedPage;
  readonly #tab: Page;
  readonly #request = new Slot<Route>("a request");

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
    this.#tab = page;
  }

  get #text(): Locator {
    return this.#tab.getByLabel("Text");
  }

  get #note(): Locator {
    return this.#tab.getByLabel("Note");
  }

  async open(): Promise<void> {
    await this.#page.wire((app) => app.post("/say", (c) => c.text("said")));
    await this.#page.open(content);
    await this.#tab.route("**/say", (route) => {
      this.#request.value = route;
    });
  }

  /** The request waits until a step says how it ends. */
  async send(text: string, note: string): Promise<void> {
    await this.#text.fill(text);
    await this.#note.fill(note);
    const sent = this.#tab.waitForRequest("**/say");
    await this.#tab.getByRole("button", { name: "Say" }).click();
    await sent;
    await expect(this.#text).toHaveValue("");
    await expect(this.#note).toHaveValue("");
  }

  async type(text: string): Promise<void> {
    await this.#text.fill(text);
  }

  async lose(): Promise<void> {
    await this.#request.value.abort();
  }

  async fail(): Promise<void> {
    await this.#request.value.fulfill({ status: 500, body: "no" });
  }

  async accept(): Promise<void> {
    await this.#request.value.continue();
    await expect(this.#tab.locator("#said")).toHaveText("said");
  }

  async expectText(text: string, note: string): Promise<void> {
    await expect(this.#text).toHaveValue(text);
    await expect(this.#note).toHaveValue(note);
    await expect(this.#tab.locator("[name=room]")).toHaveValue("7");
  }
}

import { expect, type Page } from "@playwright/test";
import { raw } from "buffkit";
import type { Scene } from "../scene.ts";
import { PushedPage } from "./pushed-page.ts";

/** A live page with a dialog, into which updates arrive. */
export class DialogScene {
  readonly #page: PushedPage;

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
  }

  async open(): Promise<void> {
    await this.#page.wire((app) => app.get("/editors", (c) => c.html(raw(`<p id="editors">Ann</p>`))));
    await this.#page.open(
      `<dialog id="box" data-modal></dialog><button hx-get="/editors" hx-target="#box">Open</button>`,
    );
    await this.#page.page.getByRole("button", { name: "Open" }).click();
    await expect(this.#page.page.locator("#box")).toBeVisible();
  }

  /** Closes it, lets an update inside settle before the browser says that it is closed, and waits for that. */
  async closeDuringUpdate(): Promise<void> {
    await this.#page.page.locator("#box").evaluate(async (box) => {
      const closed = new Promise((resolve) => box.addEventListener("close", resolve, { once: true }));
      const editors = box.querySelector("#editors");
      document.dispatchEvent(new Event("bk:modal-close"));
      editors?.dispatchEvent(new Event("htmx:after:settle", { bubbles: true }));
      await closed;
    });
  }

  async expectClosed(): Promise<void> {
    await expect(this.#page.page.locator("#box")).toBeHidden();
    await this.#page.page.getByRole("button", { name: "Open" }).click();
    await expect(this.#page.page.locator("#editors")).toBeVisible();
  }
}

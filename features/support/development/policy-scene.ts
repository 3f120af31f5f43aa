import { expect, type Page } from "@playwright/test";
import { html } from "hono/html";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import type { WiredApp } from "../wired-app.ts";

interface Shop {
  readonly app: WiredApp;
  /** The origin of its checkout, which is another site. */
  readonly checkout: string;
}

/** A shop in development that shows a picture of another site, and whose form leads there. */
export class PolicyScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #shop = new Slot<Shop>("a shop");

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
  }

  async open({ isAllowed }: { readonly isAllowed: boolean }): Promise<void> {
    const checkout = await this.#scene.wire({
      routes: (routes) => void routes.get("/checkout", (c) => c.html(html`<h1>Your card, please</h1>`)),
    });
    const addToPolicy: Record<string, string[]> = isAllowed ? { "form-action": [checkout.url] } : {};
    const app = await this.#scene.wire({
      config: { secure: { addToPolicy } },
      routes: (routes) => {
        const picture = `${checkout.url}/logo.svg`;
        const body = html`<img alt="" src="${picture}" /><form method="post" action="/pay"><button>Pay</button></form>`;
        routes.get("/shop", (c) => c.html(html`<h1>The shop</h1>${body}`));
        routes.post("/pay", (c) => c.redirect(`${checkout.url}/checkout`, 303));
      },
    });
    this.#shop.value = { app, checkout: checkout.url };
  }

  async pay(): Promise<void> {
    const sent = this.#page.waitForRequest((request) => request.url().endsWith("/pay"));
    await this.#page.goto(`${this.#shop.value.app.url}/shop`);
    await this.#page.getByRole("button", { name: "Pay" }).click();
    await sent;
  }

  async expectCheckout(): Promise<void> {
    await expect(this.#page.getByRole("heading", { name: "Your card, please" })).toBeVisible();
    expect(this.#shop.value.app.logLines.filter((line) => line.includes("form-action"))).toEqual([]);
  }

  async expectStillInShop(): Promise<void> {
    await this.#expectLogged("form-action");
    await expect(this.#page.getByRole("heading", { name: "The shop" })).toBeVisible();
  }

  async expectPictureExplained(): Promise<void> {
    await this.#expectLogged("img-src");
  }

  /** The log names the line to add. */
  async #expectLogged(directive: string): Promise<void> {
    const { app, checkout } = this.#shop.value;
    const line = `addToPolicy: { "${directive}": ["${checkout}"] }`;
    const texts = () => app.logLines.map((logged): unknown => JSON.parse(logged).msg).join("\n");
    await expect.poll(texts).toContain(line);
  }
}

import { expect, type Page } from "@playwright/test";
import { everybody, LiveStream, raw } from "buffkit";
import type { Hono } from "hono";
import { html } from "hono/html";
import { jsx } from "hono/jsx";
import { live } from "../live.ts";
import type { Scene } from "../scene.ts";

const quiet = `<p class="quiet">quiet</p>`;

/** A page of an app in development that makes mistakes which nothing on it shows. */
export class WarningsScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #warnings: string[] = [];

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
    page.on("console", (message) => {
      if (message.type() === "warning") this.#warnings.push(message.text());
    });
  }

  async open(): Promise<void> {
    const { url, kit } = await this.#scene.wire({ routes: (app) => mount(app) });
    await this.#page.goto(`${url}/correct`);
    await live(this.#page);
    await kit.broker.broadcastHTML(raw(quiet), { target: "#place", swap: "innerHTML", to: everybody });
    await expect(this.#page.locator(".quiet")).toBeVisible();
    await kit.broker.broadcastHTML(raw(quiet), { target: ".nobody", to: everybody });
    await kit.broker.broadcast("later", "", { to: everybody });
    expect(this.#warnings).toEqual([]);
  }

  async makeMistakes(): Promise<void> {
    const { url, kit } = this.#scene.app;
    await kit.broker.broadcastHTML(raw(quiet), { target: "#nowhere", to: everybody });
    await kit.broker.broadcastHTML(raw("<hx-partial><b>lost</b></hx-partial>"), { to: everybody });
    await this.#page.getByRole("button", { name: "Refuse" }).click();
    await expect(this.#page.getByRole("alert")).toBeVisible();
    await this.#page.getByRole("button", { name: "Unsafe" }).click();
    await expect(this.#page.locator("#place a")).toBeVisible();
    const refused = this.#page.waitForResponse((response) => response.status() === 403);
    await this.#page.goto(`${url}/mistaken`);
    await refused;
  }

  async expectWarnings(warnings: readonly string[]): Promise<void> {
    for (const warning of warnings) {
      await expect
        .poll(() => this.#warnings.filter((text) => text.includes(warning)).length, warning)
        .toBeGreaterThan(0);
    }
    expect(this.#warnings.filter((text) => !warnings.some((warning) => text.includes(warning)))).toEqual([]);
  }
}

function mount(app: Hono): void {
  const unsafe = () => jsx("a", { href: "javascript:alert(1)" }, "Unsafe");
  app.get("/correct", (c) => {
    const stream = LiveStream({ since: c.var.liveCursor });
    const buttons = html`<button hx-post="/refuse">Refuse</button><button hx-get="/unsafe" hx-target="#place">Unsafe</button>`;
    return c.render(html`<div id="place"></div>${buttons}${stream}`, { title: "Correct" });
  });
  app.get("/unsafe", (c) => c.render(unsafe(), { title: "Unsafe" }));
  app.post("/refuse", (c) => c.text("This board is read-only.", 403));
  app.get("/mistaken", (c) => {
    const streams = [[], ["secret"]].map((topics) => jsx(LiveStream, { topics, since: c.var.liveCursor }));
    return c.render([unsafe(), ...streams], { title: "Mistaken" });
  });
}

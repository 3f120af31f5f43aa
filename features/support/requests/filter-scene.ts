import { expect, type Page } from "@playwright/test";
import { hxReselect } from "buffkit";
import type { Context } from "hono";
import { html } from "hono/html";
import type { Scene } from "../scene.ts";

const searchMs = 600;

/** A list that refreshes itself, and filters whose answer takes a while. */
export class FilterScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #asked: string[] = [];

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
  }

  async open(): Promise<void> {
    const { url } = await this.#scene.wire({
      routes: (app) => {
        app.get("/", (c) => c.render(html`${list("open")}${filters}`, { title: "List" }));
        app.get("/list", async (c) => {
          this.#asked.push(`${c.req.query("state")} ${c.req.header("HX-Request-Type")}`);
          if (c.req.query("search") === "yes") await new Promise((resolve) => setTimeout(resolve, searchMs));
          return this.#answer(c);
        });
      },
    });
    await this.#page.goto(url);
    // htmx has set up the page once it has seen its elements.
    await this.#page.locator("#list[data-htmx-powered]").waitFor();
  }

  /** While the search is under way, something asks the list to refresh itself. */
  async filterAndRefresh(): Promise<void> {
    await this.#page.getByRole("button", { name: "Done" }).click();
    await this.#page.evaluate(() => document.body.dispatchEvent(new Event("refresh")));
    await expect.poll(() => this.#asked.length).toBe(2);
  }

  async expectFilter(state: string): Promise<void> {
    await expect(this.#page.locator("#list")).toHaveText(`state: ${state}`);
    expect(this.#asked).toEqual([`${state} partial`, `${state} partial`]);
  }

  async pick(): Promise<void> {
    await this.#page.getByRole("button", { name: "Pick" }).click();
  }

  async expectPicked(): Promise<void> {
    await expect(this.#page.locator("#list")).toHaveText("only this");
    await expect(this.#page.getByText("not this")).toHaveCount(0);
    expect(this.#asked).toEqual(["done partial"]);
  }

  #answer(c: Context) {
    if (c.req.query("pick") === undefined) return c.render(list(c.req.query("state") ?? "open"), { title: "List" });
    hxReselect(c, "#picked");
    return c.render(html`<p>not this</p><p id="picked">only this</p>`, { title: "List" });
  }
}

const list = (state: string) => html`<div id="list" hx-get="/list?state=${state}" hx-trigger="refresh from:body"
  hx-swap="outerMorph" hx-sync="#filters:queue last">state: ${state}</div>`;

const filters = html`<div id="filters">
  <button hx-get="/list?state=done&search=yes" hx-target="#list" hx-swap="outerMorph" hx-sync="#filters:queue last">Done</button>
  <button hx-get="/list?state=done&pick=yes" hx-target="#list" hx-swap="innerHTML">Pick</button>
</div>`;

import { expect, type Page } from "@playwright/test";
import { everybody } from "buffkit";
import { live } from "../live.ts";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";
import { hideTab, showTab } from "../visibility.ts";

const keptEntries = 5;
const query = "?tab=2";
const content = (news: string) => `<p id="news">${news}</p><input id="draft" value="">
  <button hx-post="/save" hx-swap="none">Save</button><button hx-get="/save" hx-swap="none">Look</button>`;

/** A live page that has missed something. */
export class GapScene {
  readonly #scene: Scene;
  readonly #page: PushedPage;
  readonly #tab: Page;
  /** The queries of the requests for the page since it was opened, or since the last step that counts them. */
  #visits: string[] = [];

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = new PushedPage(scene, page);
    this.#tab = page;
    page.on("request", (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname.startsWith("/live/")) this.#visits.push(search);
    });
  }

  async open(): Promise<void> {
    await this.#page.wire((app) => app.all("/save", (c) => c.body(null, 204)), {
      sse: { limits: { logEntries: keptEntries } },
    });
    await this.#page.open(content("one"), { query });
    await this.#tab.locator("#draft").pressSequentially("half a sent");
    await this.#tab.locator("#draft").press("ArrowLeft");
    this.#visits = [];
  }

  /** More than the server remembers. */
  async missChanges(news: string): Promise<void> {
    await hideTab(this.#tab);
    this.#page.setContent(content(news));
    for (let count = 0; count < 2 * keptEntries; count++) {
      await this.#scene.app.kit.broker.broadcast("other", "", { to: everybody });
    }
    await showTab(this.#tab);
  }

  async expectFetchedOnce(news: string): Promise<void> {
    await expect(this.#tab.locator("#news")).toHaveText(news);
    expect(this.#visits).toEqual([query]);
    await this.#page.expectSameVisit();
    await expect(this.#tab.locator("main")).toHaveCount(1);
    await expect(this.#tab.locator("header")).toHaveCount(1);
  }

  async expectDraftKept(): Promise<void> {
    const draft = this.#tab.locator("#draft");
    await expect(draft).toHaveValue("half a sent");
    await expect(draft).toBeFocused();
    expect(await draft.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe("half a sen".length);
  }

  async resyncTwiceAtOnce(news: string): Promise<void> {
    this.#visits = [];
    this.#page.setContent(content(news));
    await this.#resync(2);
  }

  async failToFetch(): Promise<void> {
    await this.#tab.route("**/live/**", (route) => route.abort(), { times: 1 });
    const failed = this.#tab.waitForEvent("requestfailed");
    await this.#resync();
    await failed;
  }

  /** As in an app whose layout has no such element. */
  async resyncWithoutMain(news: string): Promise<void> {
    this.#page.setContent(content(news));
    await this.#tab.evaluate(() => document.getElementById("main")?.removeAttribute("id"));
    await this.#resync();
  }

  async expectOpenedAgain(news: string): Promise<void> {
    await expect(this.#tab.locator("#news")).toHaveText(news);
    await expect(this.#tab.locator("html")).not.toHaveAttribute("data-visit");
    expect(new URL(this.#tab.url()).search).toBe(query);
  }

  /** The server makes the change, but the page never hears of it. */
  async loseResponse(button: "Save" | "Look", news = "lost"): Promise<void> {
    this.#visits = [];
    await this.#tab.route("**/save", async (route) => {
      await route.fetch();
      this.#page.setContent(content(news));
      await route.abort();
    });
    const failed = this.#tab.waitForEvent("requestfailed", (request) => request.url().endsWith("/save"));
    await this.#tab.getByRole("button", { name: button }).click();
    await failed;
    await expect(this.#tab.getByRole("alert").last()).toBeVisible();
  }

  expectNotFetched(): void {
    expect(this.#visits).toEqual([]);
  }

  async closeStream(): Promise<void> {
    await this.#tab.route("**/events?*", (route) => route.abort());
    await hideTab(this.#tab);
    await showTab(this.#tab);
    await expect(this.#tab.locator("html")).toHaveAttribute("data-live", /connecting|disconnected/);
  }

  async openStream(): Promise<void> {
    await this.#tab.unroute("**/events?*");
    await live(this.#tab);
  }

  async #resync(times = 1): Promise<void> {
    await this.#tab.evaluate((count) => {
      for (let time = 0; time < count; time++) document.dispatchEvent(new Event("bk:resync"));
    }, times);
  }
}

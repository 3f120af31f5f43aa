import { expect, type Locator, type Page } from "@playwright/test";
import { raw } from "buffkit";
import { CuttableLine } from "../cuttable-line.ts";
import { live } from "../live.ts";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

const lostText = "Connection lost. Trying again…";

/** A live page and its indicator, behind a network that comes and goes. The clock of the page only moves when a step moves it. */
export class LostConnectionScene {
  readonly #scene: Scene;
  readonly #page: PushedPage;
  readonly #tab: Page;
  readonly #line = new Slot<CuttableLine>("a network connection");

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = new PushedPage(scene, page);
    this.#tab = page;
  }

  get #indicator(): Locator {
    return this.#tab.locator("#bk-connection");
  }

  async open(): Promise<void> {
    await this.#page.wire((app) => {
      app.get("/quiet", (c) =>
        c.render(raw('<h1>Quiet</h1><button hx-post="/quiet">Ask</button>'), { title: "Quiet" }),
      );
      app.post("/quiet", (c) => c.body(null, 204));
    });
    const line = await CuttableLine.to(this.#scene.app.url);
    this.#scene.atEnd(() => line.close());
    this.#line.value = line;
    await this.#tab.clock.install();
    await this.#page.open(`<a href="/quiet" hx-boost="true">Quiet</a>`, { origin: line.url });
    await this.#tab.clock.pauseAt(Date.now() + 3_600_000);
  }

  async cut(): Promise<void> {
    this.#line.value.cut();
    await expect(this.#tab.locator("html")).toHaveAttribute("data-live", /connecting|disconnected/);
  }

  async restore(): Promise<void> {
    this.#line.value.restore();
  }

  async pass(ms: number): Promise<void> {
    await this.#tab.clock.runFor(ms);
  }

  async expectQuiet(): Promise<void> {
    await expect(this.#indicator).toHaveAttribute("data-state", "live");
    await expect(this.#indicator).toHaveText("");
  }

  async expectLost(): Promise<void> {
    await expect(this.#indicator).toHaveAttribute("data-state", "disconnected");
    await expect(this.#indicator).toHaveText(lostText);
    await expect(this.#tab.getByRole("alert")).toHaveCount(0);
  }

  /** A visit that htmx makes brings a new indicator, which knows nothing yet. */
  async replaceIndicator(): Promise<void> {
    await this.#indicator.evaluate((indicator) => {
      indicator.outerHTML = '<span id="bk-connection" class="bk-connection" data-state="connecting">Connecting</span>';
    });
  }

  async expectConnected(): Promise<void> {
    await expect
      .poll(async () => {
        await this.#tab.clock.runFor(1000);
        return await this.#tab.locator("html").getAttribute("data-live");
      })
      .toBe("live");
    await this.expectQuiet();
    await this.#page.expectSameVisit();
  }

  /** The first connect of a stream, which htmx doesn't retry by itself: refused, then lost, then answered. */
  async openWhileServerIsBusy(): Promise<void> {
    await this.#page.wire();
    const answers = ["busy", "lost"];
    await this.#tab.route("**/events?*", (route) => {
      const answer = answers.shift();
      if (answer === "busy") return route.fulfill({ status: 503 });
      return answer === "lost" ? route.abort() : route.continue();
    });
    await this.#tab.clock.install();
    const busy = this.#tab.waitForResponse((response) => response.status() === 503);
    await this.#page.load("<p>news</p>");
    await busy;
  }

  async expectState(state: string): Promise<void> {
    await expect(this.#tab.locator("html")).toHaveAttribute("data-live", state);
    await expect(this.#tab.getByRole("alert")).toHaveCount(0);
  }

  async visitQuietPage(): Promise<void> {
    await this.#tab.getByRole("link", { name: "Quiet" }).click();
    await expect(this.#tab.getByRole("heading", { name: "Quiet" })).toBeVisible();
  }

  async expectNoConnection(): Promise<void> {
    await expect(this.#tab.locator("html")).not.toHaveAttribute("data-live");
    const asked = this.#tab.waitForRequest((request) => request.method() === "POST");
    await this.#tab.getByRole("button", { name: "Ask" }).click();
    expect((await asked).headers()).not.toHaveProperty("x-connection-id");
    expect((await asked).headers()).toHaveProperty("x-page-id");
    await this.#page.expectSameVisit();
  }

  async expectLive(): Promise<void> {
    await live(this.#tab);
    await this.expectQuiet();
  }
}

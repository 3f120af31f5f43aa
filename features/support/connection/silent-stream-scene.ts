import { expect, type Page, type Request } from "@playwright/test";
import { createGate } from "../../../framework/test-support/create-gate.ts";
import { live } from "../live.ts";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";

const minuteMs = 60_000;

/** A live page whose stream looks open, while nothing arrives on it. */
export class SilentStreamScene {
  readonly #page: PushedPage;
  readonly #streams: Request[] = [];

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/events") this.#streams.push(request);
    });
  }

  async open(heartbeatMinutes: number): Promise<void> {
    await this.#page.wire(
      // Another stream, which says nothing about the page's own.
      (app) =>
        app.post("/tell", () => new Response("data: told\n\n", { headers: { "Content-Type": "text/event-stream" } })),
      { sse: { heartbeatMs: heartbeatMinutes * minuteMs } },
    );
    await this.#page.page.clock.install();
    await this.#page.open(
      `<p id="news">old</p><p id="told"></p><button hx-post="/tell" hx-target="#told">Tell</button>`,
    );
    await this.#recordStates();
  }

  /** As when something else on the page is swapped while the stream is being opened. */
  async openTwice(): Promise<void> {
    const { page } = this.#page;
    const answer = createGate();
    await this.#page.wire();
    await page.route("**/events?*", async (route) => {
      await answer.opened;
      await route.continue();
    });
    await this.#page.load(`<p id="news">old</p>`);
    await expect.poll(() => this.#streams.length).toBe(1);
    await page.evaluate("htmx.process(document.body)");
    answer.open();
    await live(page);
  }

  /** Real time passes as well, but no more than the test takes. */
  async passTime(minutes: number): Promise<void> {
    await this.#page.page.clock.runFor(minutes * minuteMs);
  }

  async sendMessage(): Promise<void> {
    await this.#page.push(`<p id="news">newer</p>`, { target: "#news" });
  }

  async readOtherStream(): Promise<void> {
    await this.#page.page.getByRole("button", { name: "Tell" }).click();
    await expect(this.#page.page.locator("#told")).toHaveText("told");
  }

  async expectFirstConnection(): Promise<void> {
    await live(this.#page.page);
    expect(this.#streams).toHaveLength(1);
  }

  async expectSecondConnection(): Promise<void> {
    await expect.poll(() => this.#moveOn()).toBe(2);
    await live(this.#page.page);
    const [first, second] = this.#streams.map((request) => request.headers()["last-event-id"]);
    expect(first).toBeUndefined();
    expect(second).toMatch(/\S/);
    await expect(this.#page.page.locator("html")).toHaveAttribute("data-states", "live disconnected connecting");
  }

  async expectUpdates(): Promise<void> {
    await this.#page.push(`<p id="news">newest</p>`, { target: "#news" });
    await expect(this.#page.page.locator("#news")).toHaveText("newest");
    await this.#page.expectSameVisit();
  }

  /** Lets the page wait before it reconnects; the number of connections so far. */
  async #moveOn(): Promise<number> {
    await this.#page.page.clock.runFor(1000);
    return this.#streams.length;
  }

  /** Keeps the states that the page has left in `data-states`. */
  async #recordStates(): Promise<void> {
    await this.#page.page.evaluate(() => {
      const html = document.documentElement;
      const left: (string | null)[] = [];
      new MutationObserver((changes) => {
        left.push(...changes.map((change) => change.oldValue));
        html.dataset.states = left.join(" ");
      }).observe(html, { attributeFilter: ["data-live"], attributeOldValue: true });
    });
  }
}

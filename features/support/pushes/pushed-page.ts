import { expect, type Page } from "@playwright/test";
import { type Config, ConnectionIndicator, everybody, LiveStream, raw, type Swap } from "buffkit";
import type { Hono } from "hono";
import { html } from "hono/html";
import { live } from "../live.ts";
import type { Scene } from "../scene.ts";

interface Place {
  readonly target?: string;
  readonly swap?: Swap;
}

export interface Address {
  /** Default: `page`. */
  readonly name?: string;
  /** Default: the app's own. */
  readonly origin?: string;
  /** With its question mark. Default: none. */
  readonly query?: string;
}

/** A live page with the given content, to which a test pushes updates. */
export class PushedPage {
  readonly #scene: Scene;
  readonly page: Page;
  readonly #contents = new Map<string, string>();
  #pushes = 0;

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.page = page;
  }

  async wire(routes: (app: Hono) => void = () => {}, config: Config = {}): Promise<void> {
    const { app } = await this.#scene.wire({ config });
    app.get("/live/:name", (c) =>
      c.render(
        html`${raw(this.#contents.get(c.req.param("name")) ?? "")}
        ${LiveStream({ since: c.var.liveCursor })}${ConnectionIndicator()}`,
        { title: "Live" },
      ),
    );
    routes(app);
  }

  async open(content: string, address: Address = {}): Promise<void> {
    await this.load(content, address);
    await live(this.page);
    await this.page.evaluate(() => {
      document.documentElement.dataset.visit = "first";
      document.addEventListener("pushed", (event) => {
        const { detail }: CustomEventInit<{ data: string }> = event;
        document.documentElement.dataset.pushed = detail?.data ?? "";
      });
    });
  }

  /** The same without waiting for the stream. */
  async load(
    content: string,
    { name = "page", origin = this.#scene.app.url, query = "" }: Address = {},
  ): Promise<void> {
    this.#contents.set(name, content);
    await this.page.goto(`${origin}/live/${name}${query}`);
  }

  /** Fails if the page was loaded again since it was opened. */
  async expectSameVisit(): Promise<void> {
    await expect(this.page.locator("html")).toHaveAttribute("data-visit", "first");
  }

  /** Changes what the page shows when it is fetched again. */
  setContent(content: string, name = "page"): void {
    this.#contents.set(name, content);
  }

  /** Broadcasts markup, and waits until the page has dealt with it. */
  async push(markup: string, place: Place = {}): Promise<void> {
    await this.send(markup, place);
    await this.caughtUp();
  }

  async send(markup: string, place: Place = {}): Promise<void> {
    await this.#scene.app.kit.broker.broadcastHTML(raw(markup), { to: everybody, ...place });
  }

  /** Waits until everything broadcast so far has arrived. */
  async caughtUp(): Promise<void> {
    this.#pushes += 1;
    await this.#scene.app.kit.broker.broadcast("pushed", String(this.#pushes), { to: everybody });
    await expect(this.page.locator("html")).toHaveAttribute("data-pushed", String(this.#pushes));
  }
}

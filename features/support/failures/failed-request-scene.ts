import { expect, type Locator, type Page } from "@playwright/test";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";

declare const htmx: { process(root: Element): void };

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const special: Readonly<Record<string, Answer>> = {
  "404 that changes nothing": { status: 404, headers: { "HX-Reswap": "none" } },
  "500 for another place": { status: 500, headers: { "HX-Retarget": "#other" } },
  // The browser stays on the page, because there is nothing to show there.
  "401 with a login page": { status: 401, headers: { "HX-Redirect": "/nothing" } },
};

/** A page with a button for each way in which a request can fail. */
export class FailedRequestScene {
  readonly #page: PushedPage;
  readonly #tab: Page;
  readonly #errors: Error[] = [];

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
    this.#tab = page;
    page.on("pageerror", (error) => void this.#errors.push(error));
  }

  get #alert(): Locator {
    return this.#tab.getByRole("alert");
  }

  get #place(): Locator {
    return this.#tab.locator("#place");
  }

  async open(): Promise<void> {
    await this.#page.wire((app) => {
      app.post("/answer/:name", (c) => {
        const name = c.req.param("name");
        const { status, headers } = special[name] ?? { status: Number(name) };
        const html = `<b>content ${status}</b>`;
        return new Response(html, { status, headers: { ...headers, "Content-Type": "text/html" } });
      });
      app.get("/nothing", (c) => c.body(null, 204));
    });
    await this.#page.open('<div id="buttons"></div><p id="place">before</p><p id="other">before</p>');
    await this.#tab.evaluate(() => {
      document.addEventListener("htmx:finally:request", () =>
        document.documentElement.setAttribute("data-answered", ""),
      );
    });
  }

  async expectShown(rows: readonly Readonly<Record<string, string>>[]): Promise<void> {
    for (const row of rows) await this.#expectRow(row);
    await expect(this.#tab.locator("#other")).toHaveText("content 500");
  }

  /** No response at all: the network fails, or the server takes too long. */
  async expectNoResponseShown(): Promise<void> {
    await this.#tab.route("**/answer/lost", (route) => route.abort());
    await this.#press("lost");
    await this.#expectNoAnswer();
    await this.#tab.route("**/answer/late", () => undefined);
    await this.#press("late", `hx-config='{"timeout":20}'`);
    await this.#expectNoAnswer();
    await expect(this.#place).toHaveText("before");
  }

  /** The change may have been made, so the page is fetched again. It comes without the buttons of this scene. */
  async #expectNoAnswer(): Promise<void> {
    await expect(this.#alert).toContainText("The server isn't responding");
    await expect(this.#tab.locator("#buttons")).toBeEmpty();
  }

  /** Mistakes in the markup: an unknown way to swap, and values that can't be read. */
  async expectMistakesNotShown(): Promise<void> {
    await this.#press("200", 'hx-swap="unheard-of"');
    await expect(this.#alert).toHaveCount(0);
    const mistake = this.#tab.evaluate(
      () => new Promise((resolve) => document.addEventListener("htmx:error", resolve, { once: true })),
    );
    await this.#addButton("200", `hx-vals='{"a'`);
    await this.#tab.getByRole("button", { name: "200" }).click();
    await mistake;
    await expect(this.#alert).toHaveCount(0);
    expect(this.#errors).toEqual([]);
  }

  async expectShownWithoutFlashArea(): Promise<void> {
    await this.#tab.evaluate(() => document.getElementById("bk-flash")?.remove());
    await this.#press("500");
    await expect(this.#tab.locator("body > [role=alert]")).toContainText("Something went wrong (500)");
  }

  async #expectRow({ response = "", place, message = "" }: Readonly<Record<string, string>>): Promise<void> {
    await this.#press(response);
    const status = special[response]?.status ?? response;
    await expect(this.#place, response).toHaveText(place === "replaced" ? `content ${status}` : "before");
    await expect(this.#alert, response).toHaveCount(message === "" ? 0 : 1);
    if (message !== "") await expect(this.#alert, response).toContainText(message);
  }

  /** Presses a button that asks for this answer, on a page without traces of earlier ones, and waits until it is dealt with. */
  async #press(name: string, attributes = ""): Promise<void> {
    await this.#addButton(name, attributes);
    await this.#tab.getByRole("button", { name }).click();
    await expect(this.#tab.locator("html")).toHaveAttribute("data-answered", "");
  }

  async #addButton(name: string, attributes: string): Promise<void> {
    await this.#tab.evaluate(
      ({ name, attributes }) => {
        for (const alert of document.querySelectorAll("[role=alert]")) alert.remove();
        document.documentElement.removeAttribute("data-answered");
        document.getElementById("place")?.replaceChildren("before");
        const buttons = document.getElementById("buttons");
        if (!buttons) return;
        buttons.innerHTML = `<button hx-post="/answer/${name}" hx-target="#place" ${attributes}>${name}</button>`;
        htmx.process(buttons);
      },
      { name, attributes },
    );
  }
}

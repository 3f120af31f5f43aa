import { expect, type Page } from "@playwright/test";
import { everybody, Partial, raw } from "buffkit";
import type { Hono } from "hono";
import { html } from "hono/html";
import { jsx } from "hono/jsx";
import { live } from "../live.ts";
import type { Scene } from "../scene.ts";
import { hideTab, showTab } from "../visibility.ts";
import { PushedPage } from "./pushed-page.ts";

const picture = `<svg id="picture" viewBox="0 0 100 100"><circle id="dot" cx="50" cy="50" r="10"/><g id="layer"/></svg>
  <math><mrow id="formula"><mi id="x">x</mi></mrow></math>
  <button hx-get="/square" hx-target="#layer" hx-swap="beforeend">Square</button>
  <button hx-get="/piece" hx-swap="none">Piece</button>`;
// Another list may show the same entry.
const list = `<ol id="others"><li id="item-3">other</li></ol><ul id="items"></ul><button hx-post="/items">Add</button>`;

/** A live page that gets fragments of all kinds, as responses and live. */
export class FragmentScene {
  readonly #scene: Scene;
  readonly #page: PushedPage;
  readonly #streams: Record<string, string>[] = [];
  readonly #posts: Record<string, string>[] = [];
  readonly #warnings: string[] = [];

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = new PushedPage(scene, page);
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/events") this.#streams.push(request.headers());
      if (request.method() === "POST") this.#posts.push(request.headers());
    });
    page.on("console", (message) => void this.#warnings.push(message.text()));
  }

  async openPicture(): Promise<void> {
    await this.#page.wire((app) => {
      app.get("/square", (c) => c.html(raw(`<rect id="square" width="9" height="9"/><path id="line" d="M0 0 L9 9"/>`)));
      app.get("/piece", (c) =>
        c.html(html`${jsx(Partial, { target: "#dot", swap: "outerHTML" }, raw(`<circle id="dot" r="3"/>`))}`),
      );
    });
    await this.#page.open(picture);
  }

  async sendPieces(): Promise<void> {
    await this.#page.push(`<circle id="dot" r="30"/>`, { target: "#dot" });
    await this.#page.push(`<circle id="dot" r="31"/>`, { target: "#dot", swap: "outerHTML" });
    await this.#page.push(`<circle id="live" r="1"/><linearGradient id="shade"/>`, {
      target: "#layer",
      swap: "beforeend",
    });
    await this.#page.push(`<mi id="x">y</mi><mo>+</mo>`, { target: "#formula", swap: "innerMorph" });
    await this.#page.page.getByRole("button", { name: "Square" }).click();
    await expect(this.#page.page.locator("#line")).toHaveCount(1);
    await this.#page.page.getByRole("button", { name: "Piece" }).click();
    await expect(this.#page.page.locator("#dot")).toHaveAttribute("r", "3");
    await this.#page.push(`<g id="frame"><circle id="live" r="2"/></g>`, { target: "#layer", swap: "innerMorph" });
  }

  async expectDrawn(): Promise<void> {
    const drawn = await this.#page.page.evaluate(() =>
      [...document.querySelectorAll("#picture *, #formula *")].map((element) => [
        element.localName,
        element.namespaceURI?.split("/").at(-1),
        element.parentElement?.id,
      ]),
    );
    expect(drawn).toEqual([
      ["circle", "svg", "picture"],
      ["g", "svg", "picture"],
      ["g", "svg", "layer"],
      ["circle", "svg", "frame"],
      ["mi", "MathML", "formula"],
      ["mo", "MathML", "formula"],
    ]);
    expect(await this.#page.page.locator("#dot").evaluate((dot: SVGCircleElement) => dot.getBBox().width)).toBe(6);
  }

  async openTwoPlaces(): Promise<void> {
    await this.#page.wire();
    await this.#page.open(`<p id="first">0</p><p id="second">0</p>`);
  }

  async sendBadPiece(): Promise<void> {
    const good = (text: string) => `<hx-partial hx-target="#second" hx-swap="innerHTML">${text}</hx-partial>`;
    await this.#page.push(`<hx-partial hx-target="#1abc"><b>bad</b></hx-partial>${good("one")}`);
    await expect(this.#page.page.locator("#second")).toHaveText("one");
    await this.#page.push(`<b hx-swap-oob="innerHTML:#1abc">bad</b>${good("two")}`);
    await expect(this.#page.page.locator("#second")).toHaveText("two");
    await this.#page.push(`<hx-partial hx-target="#first" hx-swap="unheard-of">bad</hx-partial>${good("three")}`);
  }

  async expectRestShown(): Promise<void> {
    await expect(this.#page.page.locator("#second")).toHaveText("three");
    await expect(this.#page.page.locator("#first")).toHaveText("0");
    expect(this.#streams).toHaveLength(1);
    expect(this.#warnings.filter((text) => text.startsWith("buffkit:"))).toHaveLength(3);
  }

  async openList(): Promise<void> {
    let count = 0;
    await this.#page.wire((app: Hono) => {
      app.post("/items", (c) => {
        count += 1;
        // Every second one has no id.
        const item = count % 2 === 1 ? html`<li id="item-${count}">${count}</li>` : html`<li>${count}</li>`;
        return this.#scene.app.kit.broker.respondAndBroadcast(c, item, {
          target: "#items",
          swap: "beforeend",
          to: everybody,
        });
      });
    });
    await this.#page.open(list);
  }

  async addWhileHidden(): Promise<void> {
    await hideTab(this.#page.page);
    await this.#add(1);
    await this.#add(2);
    await showTab(this.#page.page);
    await live(this.#page.page);
    await this.#page.caughtUp();
  }

  /** The stream ends right after the change, before it has moved its position past it. */
  async addWhileRenewing(): Promise<void> {
    await this.#add(3);
    await this.#add(4);
    const renewed = this.#page.page.waitForRequest((request) => request.url().includes("/events?"));
    const connection = this.#posts.at(-1)?.["x-connection-id"] ?? "";
    await this.#scene.app.kit.broker.reauthorize({ connection });
    await renewed;
    await this.#page.caughtUp();
  }

  async expectEachOnce(): Promise<void> {
    await expect(this.#page.page.locator("#items li")).toHaveText(["1", "2", "3", "4"]);
    const connections = this.#posts.map((headers) => headers["x-connection-id"] !== undefined);
    expect(connections).toEqual([true, true, true, true]);
  }

  async repeatEntry(): Promise<void> {
    await this.#page.push(`<li id="item-3">three</li>`, { target: "#items", swap: "afterbegin" });
  }

  async expectEntryUpdated(): Promise<void> {
    await expect(this.#page.page.locator("#items li")).toHaveText(["1", "2", "three", "4"]);
    await expect(this.#page.page.locator("#others li")).toHaveText(["other"]);
  }

  async sendOutOfOrder(): Promise<void> {
    await this.#page.wire();
    await this.#page.open(`<p id="price" data-revision="1">one</p>`);
    await this.#page.push(`<p id="price" data-revision="3">three</p>`, { target: "#price" });
    await this.#page.push(`<p id="price" data-revision="2">two</p>`, { target: "#price" });
  }

  async expectNewest(): Promise<void> {
    await expect(this.#page.page.locator("#price")).toHaveText("three");
  }

  async #add(count: number): Promise<void> {
    await this.#page.page.getByRole("button", { name: "Add" }).click();
    await expect(this.#page.page.locator("#items li")).toHaveCount(count);
  }
}

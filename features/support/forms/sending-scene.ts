import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { Form, type Html, hxLocation } from "buffkit";
import type { Context, Hono } from "hono";
import { jsx } from "hono/jsx";
import { createGate } from "../../../framework/test-support/create-gate.ts";
import { People } from "../people.ts";
import type { Scene } from "../scene.ts";

type Attributes = Readonly<Record<string, string>>;

const ways: Readonly<Record<string, { readonly form?: Attributes; readonly button?: Attributes }>> = {
  plain: {},
  boosted: { form: { "hx-boost": "true" } },
  htmx: { form: { "hx-post": "/htmx", "hx-swap": "none" } },
  button: { button: { "hx-post": "/button", "hx-swap": "none" } },
  impatient: { form: { "hx-post": "/impatient", "hx-swap": "none", "hx-config": "timeout:200" } },
  queued: { form: { "hx-post": "/queued", "hx-swap": "none", "hx-sync": "this:queue all" } },
  followed: { form: { "hx-post": "/followed", "hx-swap": "none" } },
  download: {},
  asked: { form: { "hx-post": "/asked", "hx-swap": "none", "hx-confirm": "Really?", "data-reset": "" } },
  cut: { form: { "hx-post": "/cut", "hx-swap": "none", "data-reset": "" } },
};

/** A form that is sent in one of several ways, to a server that may take its time. */
export class SendingScene {
  readonly #scene: Scene;
  readonly #browser: Browser;
  #posts = 0;
  #gate = createGate();
  #isBroken = false;

  constructor(scene: Scene, browser: Browser) {
    this.#scene = scene;
    this.#browser = browser;
  }

  async open(way: string, { hasFakeClock = false } = {}): Promise<void> {
    const app = await this.#scene.wire({ config: { dev: false }, routes: (routes) => this.#mount(routes) });
    const running = { url: app.url, output: () => app.logLines.join(""), stop: () => app.stop() };
    const people = new People(this.#browser, running);
    this.#scene.atEnd(() => people.close());
    // Otherwise the app would wait for the handlers when it stops.
    this.#scene.atEnd(() => this.#gate.open());
    this.#scene.person = await people.get("Ann");
    if (hasFakeClock) await this.#page.clock.install();
    else await this.#page.addInitScript(ignoreLongTimers);
    await this.#page.goto(`/${way}`);
  }

  get #page(): Page {
    return this.#scene.page;
  }

  get #form(): Locator {
    return this.#page.locator("main form");
  }

  get #button(): Locator {
    return this.#page.getByRole("button", { name: "Send" });
  }

  async doubleClick(): Promise<void> {
    await this.#button.dblclick({ noWaitAfter: true });
    await expect.poll(() => this.#posts).toBeGreaterThan(0);
  }

  async pressEnterTwice(): Promise<void> {
    await this.#page.getByLabel("Text").focus();
    await this.#page.keyboard.press("Enter");
    await this.#page.keyboard.press("Enter");
    await expect.poll(() => this.#posts).toBeGreaterThan(0);
  }

  /** A double click that takes longer than the answer. */
  async doubleClickSlowly(): Promise<void> {
    this.#gate.open();
    const box = await this.#button.boundingBox();
    if (!box) throw new Error("The button isn't visible.");
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    for (const clickCount of [1, 2]) {
      await this.#page.mouse.down({ clickCount });
      await this.#page.mouse.up({ clickCount });
      await this.expectSent(1);
      await this.expectReady();
    }
  }

  async holdEnter(): Promise<void> {
    this.#gate.open();
    await this.#page.getByLabel("Text").focus();
    for (let times = 1; times <= 2; times++) {
      await this.#page.keyboard.down("Enter");
      await this.expectSent(1);
      await this.expectReady();
    }
    await this.#page.keyboard.up("Enter");
  }

  async send(): Promise<void> {
    await this.#button.click({ noWaitAfter: true });
  }

  async type(text: string): Promise<void> {
    await this.#page.getByLabel("Text").fill(text);
  }

  async changeMind(): Promise<void> {
    const asked = this.#page.waitForEvent("dialog").then((dialog) => dialog.dismiss());
    await this.send();
    await asked;
  }

  async breakServer(): Promise<void> {
    this.#isBroken = true;
    this.#gate.open();
  }

  async sendWithoutNetwork(): Promise<void> {
    await this.#page.route("**", (route) => route.abort());
    await this.send();
    await this.expectText("The server isn't responding.");
    await this.#page.unroute("**");
  }

  answer(): void {
    this.#gate.open();
  }

  /** The browser shows a page again that it has kept as it was. */
  async comeBack(): Promise<void> {
    await this.#page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    // Now, because it would be ready anyway after a while.
    expect(await this.#form.getAttribute("aria-busy")).toBeNull();
  }

  async download(): Promise<void> {
    this.#gate.open();
    const downloaded = this.#page.waitForEvent("download");
    await this.send();
    await downloaded;
  }

  async waitTenSeconds(): Promise<void> {
    await this.#page.clock.fastForward(10_000);
  }

  async cancel(): Promise<void> {
    await this.#page.getByRole("button", { name: "Cancel" }).click();
  }

  async expectBusy(): Promise<void> {
    await expect(this.#form).toHaveAttribute("aria-busy", "true");
    await expect(this.#button).toBeDisabled();
  }

  async expectReady(): Promise<void> {
    await expect(this.#form).not.toHaveAttribute("aria-busy", "true");
    await expect(this.#button).toBeEnabled();
  }

  /** So often, and not once more by the next request. */
  async expectSent(times: number): Promise<void> {
    await expect.poll(() => this.#posts).toBe(times);
  }

  async expectSentAgain(times: number): Promise<void> {
    this.#isBroken = false;
    this.#gate.open();
    await this.expectReady();
    await this.send();
    await this.expectSent(times);
    await this.expectReady();
    expect(this.#posts).toBe(times);
  }

  async expectText(text: string): Promise<void> {
    await expect(this.#page.getByText(text)).toBeVisible();
  }

  async expectInput(text: string): Promise<void> {
    await expect(this.#page.getByLabel("Text")).toHaveValue(text);
  }

  async expectDialogClosed(): Promise<void> {
    await expect(this.#form).toBeHidden();
    expect(this.#posts).toBe(0);
  }

  #mount(app: Hono): void {
    for (const [way, attributes] of Object.entries(ways)) {
      app.get(`/${way}`, (c) => show(c, formFor(way, attributes)));
      app.post(`/${way}`, async (c) => {
        this.#posts++;
        await this.#gate.opened;
        if (this.#isBroken) throw new Error("The scenario wants it so.");
        if (way === "download") return c.body("text", 200, { "Content-Disposition": 'attachment; filename="a.txt"' });
        if (way === "cut") return c.body(cutOff());
        if (way === "followed") hxLocation(c, { path: "/list", target: "#list" });
        return c.req.header("HX-Request-Type") === "partial" ? c.body(null, 204) : c.redirect(`/${way}`, 303);
      });
    }
    app.get("/list", (c) => c.render("The new list", { title: "List" }));
    app.get("/dialog", (c) =>
      show(c, jsx("dialog", { open: true }, formFor("htmx", ways.htmx ?? {}, { formmethod: "dialog" }))),
    );
  }
}

/** In the page: after ten seconds a form would be ready anyway, whatever the answer did. */
function ignoreLongTimers(): void {
  const { setTimeout } = window;
  const setShort = (action: () => void, ms = 0, ...values: []) =>
    ms < 10_000 ? setTimeout(action, ms, ...values) : undefined;
  Object.assign(window, { setTimeout: setShort });
}

/** A response whose connection breaks. */
function cutOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode("<p>half of"));
      setTimeout(() => controller.error(new Error("The scenario wants it so.")), 50);
    },
  });
}

function formFor(
  way: string,
  { form = {}, button = {} }: { form?: Attributes; button?: Attributes },
  cancel?: Attributes,
) {
  return jsx(
    Form,
    { action: `/${way}`, ...form },
    jsx("label", {}, "Text", jsx("input", { name: "text", value: "milk" })),
    jsx("button", { type: "submit", ...button }, "Send"),
    cancel ? jsx("button", cancel, "Cancel") : null,
  );
}

function show(c: Context, content: Html) {
  return c.render([jsx("h1", {}, "Sending"), content, jsx("p", { id: "list" })], { title: "Sending" });
}

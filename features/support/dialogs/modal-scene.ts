import { type Dialog, expect, type Locator, type Page } from "@playwright/test";
import { PushedPage } from "../pushes/pushed-page.ts";
import type { Scene } from "../scene.ts";

const fields = `<input name="version" type="hidden" value="1"><label>Name <input name="name" value="Fern"></label>
  <label>Notes <textarea name="notes">dry</textarea></label><label>Thirsty <input name="thirsty" type="checkbox" checked></label>
  <label>Sun <input name="place" type="radio" value="sun"></label><label>Shade <input name="place" type="radio" value="shade" checked></label>
  <label>Pot <select name="pot"><option>small</option><option>large</option></select></label>
  <label>Room <select name="room"><option>hall</option><option selected>kitchen</option></select></label>
  <label>Picture <input name="picture" type="file"></label>`;

const form = (attributes: string) => `<form ${attributes} hx-swap="none">${fields}<button>Save</button></form>`;

const contents: Readonly<Record<string, string>> = {
  text: '<h2>About ferns</h2><p>They like shade.</p><a href="/elsewhere" data-modal-close><b>Close</b></a>',
  form: `<h2>Edit the fern</h2>${form('hx-post="/save"')}`,
  "refused form": `<h2>Edit the fern</h2>${form('hx-post="/refuse"')}`,
  "form that stays": `<h2>Edit the fern</h2>${form('hx-post="/save" data-modal-keep')}`,
  search: `<h2>Find a fern</h2>${form('hx-get="/save"')}`,
  "form with earlier input": `<h2>Edit the fern</h2>${form('hx-post="/save" data-dirty')}`,
  "form that fails": `<h2>Edit the fern</h2>${form('hx-post="/fail"')}`,
  "button that closes": '<h2>Water it</h2><button hx-post="/close" hx-swap="none">Save</button>',
};

/** A page whose buttons open a dialog, each with other content. */
export class ModalScene {
  readonly #page: PushedPage;
  readonly #tab: Page;
  /** What the browser has asked. */
  readonly #questions: string[] = [];
  #mayDiscard = false;

  constructor(scene: Scene, page: Page) {
    this.#page = new PushedPage(scene, page);
    this.#tab = page;
    page.on("dialog", (question) => this.#answer(question));
  }

  get #dialog(): Locator {
    return this.#tab.locator("#box");
  }

  async open(): Promise<void> {
    await this.#page.wire((app) => {
      app.get("/content/:name", (c) => c.html(contents[c.req.param("name")] ?? ""));
      app.all("/save", (c) => c.text("saved"));
      app.post("/refuse", (c) => c.text("refused", 422));
      app.post("/fail", (c) => c.text("failed", 500));
      app.post("/close", (c) => c.body(null, 204, { "HX-Trigger": "bk:modal-close" }));
    });
    const buttons = Object.keys(contents).map(
      (name) => `<button hx-get="/content/${encodeURIComponent(name)}" hx-target="#box">Open ${name}</button>`,
    );
    await this.#page.open(`${buttons.join("")}<dialog id="box" data-modal></dialog>`);
    await this.#tab.evaluate(() => {
      document.addEventListener("htmx:finally:request", () =>
        document.documentElement.setAttribute("data-answered", ""),
      );
    });
  }

  async openDialog(name: string): Promise<void> {
    await this.#tab.getByRole("button", { name: `Open ${name}`, exact: true }).click();
    await expect(this.#dialog.locator("h2")).toBeVisible();
  }

  async expectName(name: string): Promise<void> {
    await expect(this.#tab.getByRole("dialog", { name })).toBeVisible();
  }

  async press(button: string): Promise<void> {
    await this.#tab.evaluate(() => document.documentElement.removeAttribute("data-answered"));
    await this.#dialog.getByText(button, { exact: true }).click();
  }

  async escape(): Promise<void> {
    await this.#tab.keyboard.press("Escape");
  }

  async expectOpen(): Promise<void> {
    await expect(this.#dialog).toBeVisible();
  }

  async expectOpenAfterResponse(): Promise<void> {
    await expect(this.#tab.locator("html")).toHaveAttribute("data-answered", "");
    await this.expectOpen();
    await expect(this.#dialog.locator("form")).toBeVisible();
  }

  /** Closed, empty, and with the focus where it was. */
  async expectClosed(name: string): Promise<void> {
    await expect(this.#dialog).toBeHidden();
    await expect(this.#dialog).toBeEmpty();
    await expect(this.#tab.getByRole("button", { name: `Open ${name}`, exact: true })).toBeFocused();
    await this.#page.expectSameVisit();
  }

  /** Each kind of input, one after the other, in a dialog of its own. */
  async expectQuestionForEachInput(): Promise<void> {
    const changes: readonly (() => Promise<unknown>)[] = [
      () => this.#field("Name").fill("Fir"),
      () => this.#field("Notes").fill("wet"),
      () => this.#field("Thirsty").uncheck(),
      () => this.#field("Sun").check(),
      () => this.#field("Pot").selectOption("large"),
      () => this.#field("Room").selectOption("hall"),
      () =>
        this.#field("Picture").setInputFiles({ name: "fern.txt", mimeType: "text/plain", buffer: Buffer.from("f") }),
    ];
    for (const change of changes) {
      await this.openDialog("form");
      await change();
      await this.expectQuestion("form");
    }
  }

  /** Escape asks; the answer no keeps the dialog, the answer yes closes it. */
  async expectQuestion(name: string): Promise<void> {
    this.#mayDiscard = false;
    await this.escape();
    await expect.poll(() => this.#questions).toEqual(["Discard your changes?"]);
    await this.expectOpen();
    this.#mayDiscard = true;
    await this.escape();
    await this.expectClosed(name);
    expect(this.#questions.splice(0)).toHaveLength(2);
  }

  expectNoQuestion(): void {
    expect(this.#questions).toEqual([]);
  }

  /** What scripts do to hidden fields is nobody's input. */
  async changeHiddenField(): Promise<void> {
    await this.#dialog.locator("[name=version]").evaluate((field: HTMLInputElement) => {
      field.value = "2";
      field.setAttribute("value", "1");
    });
  }

  /** The browser says so when somebody closes its list of files without choosing one. */
  async cancelFileList(): Promise<void> {
    await this.#field("Picture").evaluate((field) => field.dispatchEvent(new Event("cancel", { bubbles: true })));
  }

  async expectAlertInside(): Promise<void> {
    await expect(this.#dialog.getByRole("alert")).toBeVisible();
  }

  async expectAlertOnPage(): Promise<void> {
    await expect(this.#tab.locator("#bk-flash").getByRole("alert")).toBeVisible();
  }

  #field(label: string): Locator {
    return this.#dialog.getByLabel(label);
  }

  async #answer(question: Dialog): Promise<void> {
    this.#questions.push(question.message());
    if (this.#mayDiscard) await question.accept();
    else await question.dismiss();
  }
}

import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import {
  done,
  Field,
  Form,
  form,
  type Html,
  type Kit,
  LiveStream,
  type OldInput,
  orNotFound,
  Partial,
  type Problems,
  readForm,
} from "buffkit";
import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { jsx } from "hono/jsx";
import { z } from "zod";
import { createGate } from "../../../framework/test-support/create-gate.ts";
import { People } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

const schema = z.object({ text: z.string().trim().min(3, "Write at least three letters.") });
const noteForm = form({
  schema,
  fields: (f) => [jsx(f.Field, { name: "text", label: "Your note" }), jsx(f.Submit, {}, "Add")],
});

/** Notes with a form made by `form()`, and with one in the older way, with `data-reset`. */
export class FormsScene {
  readonly #scene: Scene;
  readonly #browser: Browser;
  readonly #notes: string[] = [];
  readonly #gate = createGate();
  readonly #lateCheck = new Slot<Promise<unknown>>("a late check");

  constructor(scene: Scene, browser: Browser) {
    this.#scene = scene;
    this.#browser = browser;
  }

  async open(path: string, options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
    const app = await this.#scene.wire({
      config: { sse: { authorizeTopic: (_c, topic) => topic === "notes" } },
      routes: (routes, kit) => this.#mount(routes, kit),
    });
    const running = { url: app.url, output: () => app.logLines.join(""), stop: () => app.stop() };
    const people = new People(this.#browser, running);
    this.#scene.atEnd(() => people.close());
    this.#scene.person = await people.get("Ann", options);
    await this.#page.goto(path);
    if (path.includes("live")) await expect(this.#page.locator("html")).toHaveAttribute("data-live", "live");
    await this.#page.evaluate(() => document.documentElement.setAttribute("data-first", ""));
  }

  get #page(): Page {
    return this.#scene.page;
  }

  get field(): Locator {
    return this.#page.getByLabel("Your note");
  }

  get #button(): Locator {
    return this.#page.getByRole("button", { name: "Add" });
  }

  get #form(): Locator {
    return this.#page.locator("main form");
  }

  async add(text: string): Promise<void> {
    await this.field.fill(text);
    await this.#button.click();
  }

  async addByDoubleClick(text: string): Promise<void> {
    await this.field.fill(text);
    await this.#button.dblclick({ noWaitAfter: true });
  }

  async addByTwoEnters(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
    await this.field.press("Enter");
  }

  async type(text: string): Promise<void> {
    await this.field.fill("");
    await this.field.pressSequentially(text);
  }

  async typeAndLeave(text: string): Promise<void> {
    const answered = this.#page.waitForRequest((request) => request.headers()["x-check-field"] === "text");
    await this.type(text);
    await this.field.blur();
    await answered;
  }

  async delayFirstCheck(): Promise<void> {
    let isFirst = true;
    await this.#page.route("**/notes", async (route) => {
      const isLate = isFirst && route.request().headers()["x-check-field"] !== undefined;
      if (!isLate) return route.continue();
      isFirst = false;
      const response = await route.fetch();
      const newer = this.#page.waitForResponse((answer) => answer.request() !== route.request());
      this.#lateCheck.value = newer.then(() => route.fulfill({ response }));
      return;
    });
  }

  async waitForLateCheck(): Promise<void> {
    await this.#lateCheck.value;
    // The page has read the answer once a task after it has run.
    await this.#page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }

  async answer(): Promise<void> {
    this.#gate.open();
    await expect(this.#form).not.toHaveAttribute("aria-busy", "true");
  }

  async expectBusy(): Promise<void> {
    await expect(this.#form).toHaveAttribute("aria-busy", "true");
    await expect(this.#button).toBeDisabled();
  }

  async expectReady(): Promise<void> {
    await expect(this.#form).not.toHaveAttribute("aria-busy", "true");
    await expect(this.#button).toBeEnabled();
  }

  async expectProblem(text: string): Promise<void> {
    await expect(this.#page.locator(".bk-problem")).toHaveText(text);
    await expect(this.field).toHaveAccessibleDescription(text);
    await expect(this.field).toHaveAttribute("aria-invalid", "true");
  }

  async expectProblemAtFocus(text: string): Promise<void> {
    await this.expectProblem(text);
    await expect(this.field).toBeFocused();
  }

  async expectAnnounced(text: string): Promise<void> {
    await this.expectProblem(text);
    await expect(this.#page.locator("body > [role=status]", { hasText: text })).toHaveCount(1);
  }

  async expectNoProblem(): Promise<void> {
    await expect(this.#page.locator(".bk-problem")).toHaveCount(0);
    await expect(this.field).not.toHaveAttribute("aria-invalid");
    await expect(this.field).toHaveAccessibleDescription("");
  }

  async expectNotes(...notes: string[]): Promise<void> {
    await expect(this.#page.locator("#notes li")).toHaveText(notes);
    expect(this.#notes).toEqual(notes);
  }

  async expectText(text: string): Promise<void> {
    await expect(this.#page.getByText(text)).toBeVisible();
  }

  async expectNoReload(): Promise<void> {
    await expect(this.#page.locator("html")).toHaveAttribute("data-first");
  }

  #mount(app: Hono, kit: Kit): void {
    const show = (c: Context, content: Html) => {
      const stream =
        c.req.query("live") === undefined ? null : jsx(LiveStream, { since: kit.broker.pageCursor, topics: ["notes"] });
      return c.render([jsx("h1", {}, "Notes"), content, this.#list(), stream], { title: "Notes" });
    };
    app.get("/notes", (c) => show(c, jsx(noteForm.Form, { action: "/notes" })));
    app.post(
      "/notes",
      noteForm.handle(async ({ data }) => {
        if (data.text === "taken") return noteForm.refuse({ text: "That note exists." });
        if (data.text === "gone") orNotFound(null);
        if (data.text.startsWith("slow")) await this.#gate.opened;
        await this.#add(kit, data.text);
        return done({ flash: "Added." });
      }),
    );
    app.get("/old", (c) => show(c, oldForm({}, {})));
    app.post("/old", async (c) => {
      const read = await readForm(c, schema);
      if (!read.ok) return c.render(oldForm(read.problems, read.old), { title: "", status: 422 });
      await this.#add(kit, read.data.text);
      return c.render(jsx(Partial, { target: "#notes" }, this.#list()), { title: "" });
    });
  }

  async #add(kit: Kit, text: string): Promise<void> {
    this.#notes.push(text);
    await kit.broker.broadcastHTML(html`${jsx(Partial, { target: "#notes" }, this.#list())}`, { to: "notes" });
  }

  #list() {
    return jsx("ul", { id: "notes" }, ...this.#notes.map((note) => jsx("li", {}, note)));
  }
}

function oldForm(problems: Problems, old: OldInput) {
  const attributes = { id: "old", action: "/old", "hx-post": "/old", "hx-swap": "outerMorph", "data-reset": "" };
  return jsx(
    Form,
    { ...attributes, problems, ...(Object.keys(old).length > 0 ? { old } : {}) },
    jsx(Field, { name: "text", label: "Your note" }),
    jsx("button", { type: "submit" }, "Add"),
  );
}

import { type Browser, expect, type Page } from "@playwright/test";
import { done, Form, type FormResult, form, type Html, LiveStream, Partial, readForm } from "buffkit";
import type { Context, Hono } from "hono";
import { jsx } from "hono/jsx";
import { createGate } from "../../../framework/test-support/create-gate.ts";
import { People } from "../people.ts";
import type { Scene } from "../scene.ts";
import {
  changeSome,
  everyField,
  everyType,
  everythingRead,
  fillInEverything,
  readEverything,
} from "./every-control.ts";

/** What becomes of a form that is sent: the server refuses it, breaks or saves it, or the network loses it. */
export type Outcome = "refused" | "broken" | "lost" | "saved";

type Controls = Awaited<ReturnType<typeof readEverything>>;

const signs: Readonly<Record<Outcome, string>> = {
  refused: "Not now.",
  broken: "Something went wrong",
  lost: "The server isn't responding.",
  saved: "Saved.",
};
const multipart = { enctype: "multipart/form-data" };
const ways: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: {},
  boosted: { "hx-boost": "true" },
  emptied: { "hx-post": "/emptied", "hx-swap": "outerMorph", "data-reset": "" },
  replaced: { "hx-post": "/replaced", "hx-swap": "outerHTML", "data-reset": "" },
};

/** A form with a control of every kind, in each of the ways to make one. */
export class ControlsScene {
  readonly #scene: Scene;
  readonly #browser: Browser;
  readonly #received: { path: string; data: unknown }[] = [];
  #outcome: Outcome = "saved";
  #first: Controls = [];
  #left: Controls = [];
  #changed: Controls = [];
  #gate = createGate();
  #handled = 0;

  constructor(scene: Scene, browser: Browser) {
    this.#scene = scene;
    this.#browser = browser;
  }

  async open(way: string, options: { javaScriptEnabled?: boolean } = {}): Promise<void> {
    const app = await this.#scene.wire({
      config: { dev: false, sse: { authorizeTopic: () => true } },
      routes: (routes) => this.#mount(routes),
    });
    const running = { url: app.url, output: () => app.logLines.join(""), stop: () => app.stop() };
    const people = new People(this.#browser, running);
    this.#scene.atEnd(() => people.close());
    this.#scene.person = await people.get("Ann", options);
    await this.#page.goto(`/${way}`);
    if (way.includes("live")) await expect(this.#page.locator("html")).toHaveAttribute("data-live", "live");
    this.#first = await readEverything(this.#page);
  }

  get #page(): Page {
    return this.#scene.page;
  }

  async fillIn(): Promise<void> {
    await fillInEverything(this.#page);
    const filledIn = await readEverything(this.#page);
    expect(filledIn.filter((control, at) => `${control}` === `${this.#first[at]}`)).toEqual([]);
  }

  async send(outcome: Outcome, button = "Publish"): Promise<void> {
    await this.#begin(outcome);
    const isLost = outcome === "lost";
    if (isLost) await this.#page.route("**", (route) => route.abort());
    await this.#page.getByRole("button", { name: button }).click();
    await this.#end(outcome);
    if (isLost) await this.#page.unroute("**");
  }

  /** As if there were no htmx: the response is a new page. */
  async sendByBrowser(outcome: Outcome): Promise<void> {
    await this.#begin(outcome);
    await this.#page.locator("main form").evaluate((form: HTMLFormElement) => form.submit());
    await this.#end(outcome);
  }

  async sendAndChangeSome(outcome: Outcome): Promise<void> {
    await this.#begin(outcome);
    this.#gate = createGate();
    this.#scene.atEnd(() => this.#gate.open());
    await this.#page.getByRole("button", { name: "Publish" }).click();
    await expect.poll(() => this.#handled).toBe(1);
    const before = await readEverything(this.#page);
    await changeSome(this.#page);
    const after = await readEverything(this.#page);
    this.#changed = after.filter((control, at) => `${control}` !== `${before[at]}`);
    expect(this.#changed).toHaveLength(5);
    this.#gate.open();
    await this.#end(outcome);
  }

  async #begin(outcome: Outcome): Promise<void> {
    this.#gate.open();
    this.#outcome = outcome;
    this.#left = await readEverything(this.#page);
  }

  async #end(outcome: Outcome): Promise<void> {
    await expect(this.#page.getByText(signs[outcome]).first()).toBeVisible();
    await expect(this.#page.locator("main form")).not.toHaveAttribute("aria-busy", "true");
  }

  async expectAsLeft(): Promise<void> {
    await expect.poll(() => readEverything(this.#page)).toEqual(this.#left);
  }

  /** Inside the form, as a page without JavaScript can show it: browsers can't be told to choose a file again. */
  async expectShownAgain(): Promise<void> {
    const shown = (controls: Controls) => controls.filter(([name]) => name !== "outside" && name !== "picture");
    await expect.poll(async () => shown(await readEverything(this.#page))).toEqual(shown(this.#left));
  }

  /** What she changed meanwhile is as she left it, and the others are as at first, or as they were sent. */
  async expectChangesKept(others: "first" | "sent"): Promise<void> {
    const changed = new Map(this.#changed.map((control) => [keyOf(control), control]));
    const expected = (others === "first" ? this.#first : this.#left).map((control) => {
      const now = changed.get(keyOf(control)) ?? control;
      // Of a text that failed, nothing is lost, and neither is the next one.
      return others === "sent" && isFreeText(control[0]) ? [control[0], `${control[1]} ${now[1]}`] : now;
    });
    await expect.poll(() => readEverything(this.#page)).toEqual(expected);
  }

  /** Unchecked boxes and empty fields don't count. */
  async expectNothingRefused(): Promise<void> {
    const refused = this.#left.map(String).filter((control) => !/(,|,false)$/.test(control));
    await expect
      .poll(async () => (await readEverything(this.#page)).map(String).filter((control) => refused.includes(control)))
      .toEqual([]);
  }

  async expectAsAtFirst(): Promise<void> {
    await expect.poll(() => readEverything(this.#page)).toEqual(this.#first);
  }

  expectReceived(path: RegExp = /./): void {
    expect(this.#received).toEqual([{ path: expect.stringMatching(path), data: everythingRead }]);
  }

  #mount(app: Hono): void {
    const schema = everyType(() => this.#outcome !== "refused");
    const save = async (c: Context, { picture, ...data }: { picture: { kind: string } | null }) => {
      this.#handled++;
      await this.#gate.opened;
      if (this.#outcome === "broken") throw new Error("The scenario wants it so.");
      const saved: unknown = JSON.parse(JSON.stringify({ ...data, picture: picture?.kind }));
      this.#received.push({ path: c.req.path, data: saved });
    };
    const made = form({ schema, fields: () => [everyField(), buttons("/made")] });
    app.get("/made", (c) => show(c, "made", jsx(made.Form, { action: "/made", id: "made", "data-checks": "off" })));
    for (const path of ["/made", "/made/elsewhere"])
      app.post(
        path,
        made.handle(async ({ data, c }) => {
          await save(c, data);
          return done({ flash: "Saved." });
        }),
      );
    for (const [way, attributes] of Object.entries(ways)) {
      const formFor = (read?: FormResult<unknown>) => {
        const again = read?.ok === false ? { problems: read.problems, old: read.old } : {};
        const own = { ...multipart, ...attributes, ...again, id: way, action: `/${way}` };
        return jsx(Form, own, everyField(), buttons(`/${way}`));
      };
      app.get(`/${way}`, (c) => show(c, way, formFor()));
      for (const path of [`/${way}`, `/${way}/elsewhere`])
        app.post(path, async (c) => {
          const read = await readForm(c, schema);
          const isPiece = c.req.header("HX-Request-Type") === "partial";
          if (read.ok) await save(c, read.data);
          if (read.ok && !isPiece) return c.redirect(`/${way}?saved`, 303);
          const status = read.ok ? 200 : 422;
          if (!isPiece)
            return show(c, way, formFor(read), { status, outside: read.ok ? "" : (read.old.outside ?? "") });
          // An emptied form is ready for the next entry without another answer.
          const saved = read.ok ? jsx(Partial, { target: "#saved" }, "Saved.") : "";
          return c.render([read.ok && way === "emptied" ? "" : formFor(read), saved], { title: "Controls", status });
        });
    }
  }
}

function buttons(path: string) {
  return [
    jsx("button", { type: "submit", name: "button", value: "save" }, "Save"),
    jsx("button", { type: "submit", name: "button", value: "publish" }, "Publish"),
    jsx("button", { name: "button", value: "publish", formaction: `${path}/elsewhere` }, "Send elsewhere"),
  ];
}

function isFreeText(name: string): boolean {
  return name === "text" || name === "outside";
}

/** The boxes of one name differ by their values. */
function keyOf([name, value]: Controls[number]): string {
  const isBox = Array.isArray(value) && typeof value[1] === "boolean";
  return isBox ? `${name} ${value[0]}` : name;
}

/** The page has a control beside its form, too. */
function show(c: Context, id: string, content: Html, again: { status?: 200 | 422; outside?: string } = {}) {
  const { status = 200, outside = "" } = again;
  const stream =
    c.req.query("live") === undefined ? null : jsx(LiveStream, { since: c.var.liveCursor, topics: ["all"] });
  const beside = jsx("input", { form: id, name: "outside", "aria-label": "Outside", value: outside });
  const saved = jsx("p", { id: "saved" }, c.req.query("saved") === undefined ? "" : "Saved.");
  return c.render([jsx("h1", {}, "Controls"), content, beside, saved, stream], { title: "Controls", status });
}

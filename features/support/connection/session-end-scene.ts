import { expect, type Page } from "@playwright/test";
import { LiveStream } from "buffkit";
import type { Hono } from "hono";
import { html } from "hono/html";
import { createGate } from "../../../framework/test-support/create-gate.ts";
import { live } from "../live.ts";
import type { Scene } from "../scene.ts";

const club = "club";

/** Pages whose stream the server ends for good. */
export class SessionEndScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #gate = createGate();
  #isMember = true;
  #connection = "";

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
    page.on("request", (request) => {
      this.#connection = request.headers()["x-connection-id"] ?? this.#connection;
    });
  }

  async open(): Promise<void> {
    const { url } = await this.#scene.wire({
      config: { sse: { authorizeTopic: () => this.#isMember } },
      routes: (routes) => this.#mount(routes),
    });
    await this.#page.clock.install();
    await this.#page.goto(`${url}/club?room=2`);
    await live(this.#page);
    await this.#page.getByRole("button", { name: "Say hello" }).click();
    await expect.poll(() => this.#connection).not.toBe("");
  }

  /** As the server does when she is thrown out of the club. */
  async loseMembership(): Promise<void> {
    this.#isMember = false;
    await this.#scene.app.kit.broker.reauthorize({ connection: this.#connection });
  }

  async expectPageWithoutClub(): Promise<void> {
    await expect(this.#page.getByRole("heading", { name: "Members only" })).toBeVisible();
    expect(new URL(this.#page.url()).search).toBe("?room=2");
  }

  async endSession(): Promise<void> {
    await this.#scene.app.kit.broker.disconnect({ connection: this.#connection }, "expired");
  }

  /** What a page would get from a server that somebody has misled. */
  async endWithForeignLogin(): Promise<void> {
    await this.#page.evaluate(() => {
      const data = JSON.stringify({ reason: "expired", path: "https://elsewhere.example/login" });
      document.dispatchEvent(new CustomEvent("bk:close", { detail: { data } }));
    });
  }

  async expectLogin(): Promise<void> {
    const { url } = this.#scene.app;
    await expect(this.#page).toHaveURL(`${url}/login?next=${encodeURIComponent("/club?room=2")}`);
  }

  /** The stream ends while the browser waits for the response to her own form. */
  async logOutSlowly(): Promise<void> {
    await this.#page.evaluate(() => document.addEventListener("bk:close", () => console.info("closed")));
    const closed = this.#page.waitForEvent("console", (message) => message.text() === "closed");
    await this.#page.getByRole("button", { name: "Leave" }).click({ noWaitAfter: true });
    await closed;
    this.#gate.open();
  }

  async expectGoodbye(): Promise<void> {
    await expect(this.#page.getByRole("heading", { name: "Goodbye" })).toBeVisible();
  }

  /** The browser asks pages whether they may be left, and only then finds out that this is a download. */
  async download(): Promise<void> {
    const download = this.#page.waitForEvent("download");
    await this.#page.getByRole("link", { name: "Rules" }).click();
    await download;
    await this.#page.clock.runFor(5_000);
  }

  #mount(app: Hono): void {
    const stream = (since: string) => LiveStream({ topics: [club], since });
    app.get("/club", (c) => {
      if (!this.#isMember) return c.render(html`<h1>Members only</h1>`, { title: "Club" });
      return c.render(html`${stream(c.var.liveCursor)}${clubPage}`, { title: "Club" });
    });
    app.post("/hello", (c) => c.body(null, 204));
    app.get("/rules", (c) => c.body("Be kind.", 200, { "Content-Disposition": 'attachment; filename="rules.txt"' }));
    app.post("/leave", async (c) => {
      await this.endSession();
      await this.#gate.opened;
      return c.render(html`<h1>Goodbye</h1>`, { title: "Goodbye" });
    });
  }
}

const clubPage = html`<button hx-post="/hello" hx-swap="none">Say hello</button><a href="/rules">Rules</a>
  <form method="post" action="/leave"><button>Leave</button></form>`;

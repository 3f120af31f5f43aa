import { expect } from "@playwright/test";
import { RequireLogin } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import { html } from "hono/html";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

/** An app whose handlers report who called them. */
export class GuardedApp {
  readonly #scene: Scene;
  readonly #response = new Slot<Response>("a response");
  readonly #cookie = new Slot<string>("a session cookie");
  #calls = 0;
  #seenName: string | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async startWithGuard(path: string): Promise<void> {
    await this.#scene.wire({
      routes: (app) => {
        app.get(path, RequireLogin, (c) => {
          this.#calls += 1;
          return c.text("the report");
        });
      },
    });
  }

  async startWithGreeting(path: string): Promise<void> {
    await this.#scene.wire({
      routes: (app) => {
        app.get(path, (c) => {
          this.#seenName = c.var.user?.name;
          return c.render(html`<p>Hello, ${c.var.user?.name ?? "stranger"}</p>`, { title: "Me" });
        });
      },
    });
  }

  async logIn(name: string): Promise<void> {
    const { kit } = this.#scene.app;
    this.#cookie.value = await logInAs(kit, await createUser(kit, { name }));
  }

  /** Requests the path, with her cookie if she is logged in. */
  async request(path: string): Promise<void> {
    const headers = { Accept: "text/html", ...(this.#cookie.isSet ? { Cookie: this.#cookie.value } : {}) };
    this.#response.value = await fetch(this.#scene.app.url + path, { redirect: "manual", headers });
  }

  expectRedirect(target: string): void {
    expect(this.#response.value.status).toBe(303);
    expect(this.#response.value.headers.get("Location")).toBe(target);
  }

  expectNotCalled(): void {
    expect(this.#calls).toBe(0);
  }

  expectSeenName(name: string): void {
    expect(this.#seenName).toBe(name);
  }

  async expectText(text: string): Promise<void> {
    expect(await this.#response.value.text()).toContain(text);
  }
}

import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { type JobType, LiveStream } from "buffkit";
import { createUser } from "buffkit/testing";
import { html } from "hono/html";
import { z } from "zod";
import { live } from "../live.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

export interface AppState {
  readonly users: number;
  readonly jobs: number;
  readonly streams: number;
}

/** Names that no page can know before the app has them. */
const name = (kind: string) => `${kind}-${Math.random().toString(36).slice(2, 8)}`;

/** The diagnostics page of an app with a known number of users, pending jobs and open streams. */
export class DiagnosticsScene {
  readonly #scene: Scene;
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #job = new Slot<JobType<string>>("a job");
  readonly #module = name("module");
  readonly #components: string[] = [];
  #userCount = 0;

  constructor(scene: Scene, context: BrowserContext, page: Page) {
    this.#scene = scene;
    this.#context = context;
    this.#page = page;
  }

  async start(state: AppState): Promise<void> {
    const { app, kit } = await this.#scene.wire({
      config: { importMap: { pins: { [this.#module]: `/${this.#module}.js` } } },
    });
    app.get("/open", (c) => c.render(html`${LiveStream({ since: c.var.liveCursor })}`, { title: "Open" }));
    this.#job.value = kit.jobs.define("greet", { schema: z.string(), handler: async () => undefined });
    await this.add(state);
  }

  async add({ users, jobs, streams }: AppState): Promise<void> {
    const { kit, url } = this.#scene.app;
    const component = name("bk-part");
    kit.components.register(component, () => html`<p></p>`);
    this.#components.push(component);
    for (let count = 0; count < users; count++) await createUser(kit, { name: `User ${++this.#userCount}` });
    // Delayed, so that they are still pending when the page is opened.
    for (let count = 0; count < jobs; count++) await kit.jobs.enqueue(this.#job.value, "Ann", { delayMs: 3_600_000 });
    for (let count = 0; count < streams; count++) {
      const open = await this.#context.newPage();
      await open.goto(`${url}/open`);
      await live(open);
    }
  }

  async expectFigures({ users, jobs, streams }: AppState): Promise<void> {
    await expect(this.#figure("Users")).toHaveText(String(users));
    await expect(this.#figure("Pending jobs")).toHaveText(String(jobs));
    await expect(this.#figure("SSE connections")).toHaveText(String(streams));
  }

  async expectImportMapAndComponents(): Promise<void> {
    const { components, importMap } = this.#scene.app.kit;
    for (const text of ["bk-button", ...this.#components, "hx-sse", this.#module]) {
      await expect(this.#page.getByText(text, { exact: true })).toBeVisible();
    }
    await expect(this.#figure("Components")).toHaveText(String(components.names().length));
    await expect(this.#figure("Import map entries")).toHaveText(String([...importMap.list()].length));
  }

  #figure(label: string): Locator {
    return this.#page.locator(".figures li").filter({ hasText: label }).locator(".figure");
  }
}

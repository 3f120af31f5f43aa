import { expect, type Locator, type Page } from "@playwright/test";
import { type JobType, jobsDashboard, RequireRole } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import { z } from "zod";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

const productionPath = "/admin/jobs";
const hourMs = 60 * 60_000;

/** Jobs that succeed and fail, and the dashboard that shows them. */
export class JobsScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #good = new Slot<JobType<string>>("a job that succeeds");
  readonly #bad = new Slot<JobType<string>>("a job that fails");
  readonly #consoleErrors: string[] = [];
  #isRepaired = false;

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
  }

  async start(good: string, bad: string): Promise<void> {
    const { jobs } = (await this.#scene.wire()).kit;
    this.#good.value = jobs.define(good, { schema: z.string(), handler: async () => undefined });
    this.#defineFailing(bad);
  }

  async startInProduction(bad: string): Promise<void> {
    const parts = [jobsDashboard({ path: productionPath, guard: RequireRole("admin") })];
    await this.#scene.wire({ config: { dev: false, migrate: true, mail: "log", parts } });
    this.#defineFailing(bad);
  }

  async startWithDelayedJob(name: string): Promise<void> {
    const { jobs } = (await this.#scene.wire()).kit;
    const job = jobs.define(name, { schema: z.string(), handler: async () => undefined });
    await jobs.enqueue(job, "Ann", { delayMs: hourMs });
  }

  /** Runs both jobs and waits until one is done and the other is dead. */
  async runBoth(): Promise<void> {
    const { jobs } = this.#scene.app.kit;
    const ended = new Promise<void>((resolve) => {
      const kinds = new Set<string>();
      const stop = jobs.onChange(({ kind, name }) => {
        if (name === this.#good.value.name && kind === "done") kinds.add(kind);
        if (name === this.#bad.value.name && kind === "dead") kinds.add(kind);
        if (kinds.size < 2) return;
        stop();
        resolve();
      });
    });
    await jobs.enqueue(this.#good.value, "Ann");
    await this.enqueueFailing();
    await ended;
  }

  async enqueueFailing(): Promise<void> {
    await this.#scene.app.kit.jobs.enqueue(this.#bad.value, "page 1");
  }

  repair(): void {
    this.#isRepaired = true;
  }

  async openDashboard(): Promise<void> {
    await this.#page.goto(`${this.#scene.app.url}/__dev/jobs`);
    await this.#isLive();
  }

  async openAsAdmin(): Promise<void> {
    const cookie = await this.#logIn("Ada", "admin");
    const [name = "", value = ""] = cookie.split("=");
    await this.#page.context().addCookies([{ name, value, domain: "localhost", path: "/", secure: true }]);
    this.#page.on("console", (message) => message.type() === "error" && this.#consoleErrors.push(message.text()));
    await this.#page.goto(this.#scene.app.url + productionPath);
  }

  async cancelDelayed(): Promise<void> {
    await expect(this.#figure("Delayed")).toHaveText("1");
    await this.clickAndReload("Cancel");
  }

  /** Clicks a button and waits until the new page receives updates. */
  async clickAndReload(button: string): Promise<void> {
    const loaded = this.#page.waitForEvent("load");
    await this.click(button);
    await loaded;
    await this.#isLive();
  }

  async click(button: string): Promise<void> {
    await this.#page.getByRole("button", { name: button }).click();
  }

  async expectFigure(label: string, count: number): Promise<void> {
    await expect(this.#figure(label)).toHaveText(String(count));
  }

  async expectError(name: string, error: string): Promise<void> {
    const failed = this.#page.locator(".card").filter({ hasText: "Failed" });
    const row = failed.getByRole("listitem").filter({ hasText: name });
    await expect(row.locator("summary")).toContainText(error);
  }

  expectNoConsoleErrors(): void {
    expect(this.#consoleErrors).toEqual([]);
  }

  async expectMemberStatus(status: number): Promise<void> {
    const headers = { Cookie: await this.#logIn("Ben"), Accept: "text/html" };
    const response = await fetch(this.#scene.app.url + productionPath, { headers, redirect: "manual" });
    expect(response.status).toBe(status);
  }

  async #logIn(name: string, role?: string): Promise<string> {
    const { kit } = this.#scene.app;
    return await logInAs(kit, await createUser(kit, { name, ...(role ? { role } : {}) }));
  }

  #defineFailing(name: string): void {
    this.#bad.value = this.#scene.app.kit.jobs.define(name, {
      schema: z.string(),
      attempts: 1,
      handler: async () => {
        if (!this.#isRepaired) throw new Error("the printer is on fire");
      },
    });
  }

  async #isLive(): Promise<void> {
    await expect(this.#page.locator("#dev-live")).toHaveAttribute("data-state", "live");
  }

  #figure(label: string): Locator {
    const text = this.#page.getByText(label, { exact: true });
    return this.#page.locator(".figures li").filter({ has: text }).locator(".figure");
  }
}

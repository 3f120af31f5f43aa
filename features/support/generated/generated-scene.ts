import { type Browser, expect, type Page } from "@playwright/test";
import { freePort } from "../../../framework/test-support/free-port.ts";
import { typeScriptArguments } from "../../../framework/test-support/link-packages.ts";
import { createSampleProject } from "../../../framework/test-support/sample-project.ts";
import { AppProcess } from "../app-process.ts";
import { live } from "../live.ts";
import { People } from "../people.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";

const body = "It prints every page twice.";

/** An app with a generated resource, and the people who use it. */
export class GeneratedScene {
  readonly #scene: Scene;
  readonly #browser: Browser;
  readonly #app = new Slot<AppProcess>("an app with a generated resource");
  readonly #people = new Slot<People>("the people who use it");

  constructor(scene: Scene, browser: Browser) {
    this.#scene = scene;
    this.#browser = browser;
  }

  async start(): Promise<void> {
    const project = createSampleProject();
    this.#scene.atEnd(() => project.remove());
    for (const words of [
      ["customer", "name"],
      ["ticket", "title", "body:text", "customer:references:nullable"],
    ]) {
      const { code, stderr } = await project.cli(["generate", "resource", ...words]);
      expect(code, stderr).toBe(0);
    }
    const port = await freePort();
    const app = await AppProcess.start({
      args: [...typeScriptArguments, "app/main.ts"],
      folder: project.folder,
      environment: {
        NODE_ENV: "development",
        BUFFKIT_MIGRATE: "1",
        PORT: String(port),
        APP_URL: `http://localhost:${port}`,
        AUTH_SECRET: "only-for-scenarios-3b0f9a1c5d7e2468ace013579bdf",
        DATABASE_URL: "sqlite::memory:",
      },
    });
    this.#scene.atEnd(() => app.stop());
    this.#app.value = app;
    this.#people.value = new People(this.#browser, { url: app.url, output: () => app.output, stop: () => app.stop() });
    this.#scene.atEnd(() => this.#people.value.close());
  }

  async open(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const { page } = await this.#people.value.logIn(name);
      await page.goto("/tickets");
      await live(page);
    }
  }

  async saveWithoutTitle(name: string): Promise<void> {
    const page = await this.#pageOf(name);
    await page.getByRole("link", { name: "New ticket" }).click();
    // Browsers themselves insist on a title, but not on one that is more than spaces.
    await page.getByRole("dialog").getByLabel("Title").fill("  ");
    await page.getByRole("dialog").getByLabel("Body").fill(body);
    await this.#save(page);
  }

  async expectProblem(name: string): Promise<void> {
    const dialog = (await this.#pageOf(name)).getByRole("dialog");
    await expect(dialog.getByText("Please fill in this field.")).toBeVisible();
    await expect(dialog.getByLabel("Title")).toBeFocused();
    await expect(dialog.getByLabel("Body")).toHaveValue(body);
  }

  async giveTitle(name: string, title: string): Promise<void> {
    const page = await this.#pageOf(name);
    await page.getByRole("dialog").getByLabel("Title").fill(title);
    await this.#save(page);
    await expect(page.getByRole("dialog")).toBeHidden();
  }

  async expectMessage(name: string, text: string): Promise<void> {
    await expect((await this.#pageOf(name)).getByRole("status").getByText(text)).toBeVisible();
  }

  async expectTicket(name: string, title: string): Promise<void> {
    await expect((await this.#pageOf(name)).getByRole("cell", { name: title, exact: true })).toBeVisible();
  }

  async rename(name: string, title: string): Promise<void> {
    await this.#edit(name);
    await this.giveTitle(name, title);
  }

  /** Saves a ticket with the dialog. */
  async save(name: string, title: string): Promise<void> {
    const page = await this.#pageOf(name);
    await page.getByRole("link", { name: "New ticket" }).click();
    await page.getByRole("dialog").getByLabel("Body").fill(body);
    await this.giveTitle(name, title);
  }

  async search(name: string, text: string): Promise<void> {
    const page = await this.#pageOf(name);
    await page.getByRole("searchbox", { name: "Search the tickets" }).pressSequentially(text);
    await expect(page).toHaveURL(`/tickets?${new URLSearchParams({ q: text })}`);
    await live(page);
  }

  async searchPlainly(name: string, text: string): Promise<void> {
    const { page } = await this.#people.value.logIn(name, { javaScriptEnabled: false });
    await page.goto("/tickets");
    await page.getByRole("searchbox", { name: "Search the tickets" }).fill(text);
    await page.getByRole("button", { name: "Search" }).click();
  }

  async expectSearch(name: string, text: string): Promise<void> {
    const page = await this.#pageOf(name);
    await expect(page.getByRole("searchbox")).toHaveValue(text);
    await expect(page.getByRole("searchbox")).toBeFocused();
    await expect(page).toHaveURL(`/tickets?${new URLSearchParams({ q: text })}`);
  }

  async expectMissing(name: string, title: string): Promise<void> {
    await expect((await this.#pageOf(name)).getByRole("cell", { name: title, exact: true })).toHaveCount(0);
  }

  async expectNoneFound(name: string): Promise<void> {
    await expect((await this.#pageOf(name)).getByText("No tickets found.")).toBeVisible();
  }

  async delete(name: string): Promise<void> {
    const page = await this.#edit(name);
    page.once("dialog", (question) => question.accept());
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
  }

  async expectNoTickets(name: string): Promise<void> {
    await expect((await this.#pageOf(name)).getByText("No tickets yet.")).toBeVisible();
  }

  async expectClosedToVisitors(): Promise<void> {
    const { url } = this.#app.value;
    const page = await fetch(`${url}/tickets`);
    expect(new URL(page.url).pathname).toBe("/login");
    const region = (await this.#pageOf("Bob")).locator("[data-live-at]");
    const token = await region.getAttribute("data-live");
    const at = await region.getAttribute("data-live-at");
    const stream = await fetch(`${url}/events?${new URLSearchParams({ live: `${token}~${at}` })}`);
    expect(stream.status).toBe(403);
  }

  async #edit(name: string): Promise<Page> {
    const page = await this.#pageOf(name);
    await page.getByRole("link", { name: /^Edit/ }).click();
    await expect(page.getByRole("dialog").getByLabel("Title")).toBeVisible();
    return page;
  }

  async #save(page: Page): Promise<void> {
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  }

  async #pageOf(name: string): Promise<Page> {
    return (await this.#people.value.get(name)).page;
  }
}

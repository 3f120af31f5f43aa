import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { createGate } from "../../../framework/test-support/create-gate.ts";
import { live } from "../live.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { hideTab, showTab } from "../visibility.ts";
import { Items, shoppingList, Tools, tablesOf } from "./shopping-list.ts";

/** Ann and Ben look at one shopping list. */
export class ShoppingScene {
  readonly #scene: Scene;
  readonly #browser: Browser;
  readonly #pages = new Map<string, Page>();
  readonly #response = new Slot<ReturnType<typeof createGate>>("a response on its way");
  #nextId = 3;

  constructor(scene: Scene, browser: Browser) {
    this.#scene = scene;
    this.#browser = browser;
  }

  async open(): Promise<void> {
    const { kit } = await this.#scene.wire({ config: { parts: [shoppingList] } });
    const { schema } = kit.db;
    await schema
      .createTable("items")
      .addColumn("id", "bigint", (column) => column.primaryKey())
      .addColumn("list", "text")
      .addColumn("name", "text")
      .execute();
    await schema.createTable("owners").addColumn("list", "text").addColumn("owner", "text").execute();
    await kit.live.settled();
    await this.#insert(1, "milk");
    await this.#insert(2, "eggs");
    for (const name of ["Ann", "Ben"]) await live(await this.visit(name));
  }

  /** Opens the list as somebody with a browser of their own. */
  async visit(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ ...options, extraHTTPHeaders: { "X-Person": name } });
    this.#scene.atEnd(() => context.close());
    const page = await context.newPage();
    this.#pages.set(name, page);
    await page.goto(`${this.#scene.app.url}/lists/food`);
    if (options.javaScriptEnabled !== false)
      await page.evaluate(() => (document.documentElement.dataset.visit = "first"));
    return page;
  }

  page(name: string): Page {
    const page = this.#pages.get(name);
    if (!page) throw new RangeError(`${name} has no page open.`);
    return page;
  }

  async addByForm(name: string, item: string): Promise<void> {
    await this.page(name).getByLabel("What do you need?").fill(item);
    await this.page(name).getByRole("button", { name: "Add" }).click();
  }

  async add(item: string, list = "food"): Promise<void> {
    await this.#insert(this.#nextId++, item, list);
  }

  async addInVain(item: string): Promise<void> {
    const { kit } = this.#scene.app;
    const change = kit.db.transaction().execute(async () => {
      await this.add(item);
      throw new RangeError("It was not to be.");
    });
    await expect(change).rejects.toThrow("It was not to be.");
  }

  async remove(item: string): Promise<void> {
    await tablesOf(this.#scene.app.kit).deleteFrom("items").where("name", "=", item).execute();
  }

  async rename(item: string, name: string): Promise<void> {
    await tablesOf(this.#scene.app.kit).updateTable("items").set({ name }).where("name", "=", item).execute();
  }

  async renameOften(times: number): Promise<void> {
    const items = tablesOf(this.#scene.app.kit).updateTable("items").where("id", "=", 1);
    for (let time = 1; time <= times; time += 1) await items.set({ name: `milk ${time}` }).execute();
    await this.#scene.app.kit.live.settled();
  }

  async giveTo(owner: string): Promise<void> {
    const { kit } = this.#scene.app;
    await tablesOf(kit).deleteFrom("owners").execute();
    await tablesOf(kit).insertInto("owners").values({ list: "food", owner }).execute();
    await kit.live.reauthorize(Tools, { list: "food" });
  }

  async search(name: string, text: string): Promise<void> {
    await this.page(name).getByLabel("Search").fill(text);
    await this.page(name).getByRole("button", { name: "Search" }).click();
  }

  /** The server responds at once, but the network is slow. */
  async searchSlowly(name: string, text: string): Promise<void> {
    const [rendered, arriving] = [createGate(), createGate()];
    this.#response.value = arriving;
    await this.page(name).route("**/lists/food?q=*", async (route) => {
      const response = await route.fetch();
      rendered.open();
      await arriving.opened;
      await route.fulfill({ response });
    });
    await this.search(name, text);
    await rendered.opened;
  }

  async receiveResponse(name: string): Promise<void> {
    const old = await this.page(name).locator("#found").elementHandle();
    this.#response.value.open();
    await expect.poll(() => old?.evaluate(({ isConnected }) => isConnected)).toBe(false);
  }

  async hide(name: string): Promise<void> {
    await this.#countUpdates(name);
    await hideTab(this.page(name));
  }

  async cutOff(name: string): Promise<void> {
    await this.page(name).route("**/events?*", (route) => route.abort());
    await this.#scene.app.kit.live.reauthorize(Items);
    await expect(this.page(name).locator("html")).not.toHaveAttribute("data-live", "live");
  }

  async connect(name: string): Promise<void> {
    await this.page(name).unroute("**/events?*");
    await live(this.page(name));
  }

  async show(name: string): Promise<void> {
    await showTab(this.page(name));
  }

  async expectShown(names: readonly string[], items: string): Promise<void> {
    for (const name of names)
      await expect(this.page(name).locator("th")).toHaveText(items === "" ? [] : items.split(", "));
  }

  async expectUpdates(name: string, count: number): Promise<void> {
    await expect(this.page(name).locator("html")).toHaveAttribute("data-updates", String(count));
  }

  async expectSameVisit(): Promise<void> {
    for (const page of this.#pages.values()) await expect(page.locator("html")).toHaveAttribute("data-visit", "first");
  }

  async expectOwner(owner: string): Promise<void> {
    for (const [name, page] of this.#pages)
      await expect(page.getByRole("button", { name: "Empty the list" })).toHaveCount(name === owner ? 1 : 0);
  }

  note(name: string, item: string) {
    return this.page(name).getByLabel(`Note on ${item}`);
  }

  async #countUpdates(name: string): Promise<void> {
    await this.page(name).evaluate(() => {
      const { dataset } = document.documentElement;
      dataset.updates = "0";
      document.addEventListener("bk:region", () => (dataset.updates = String(Number(dataset.updates) + 1)));
    });
  }

  async #insert(id: number, name: string, list = "food"): Promise<void> {
    await tablesOf(this.#scene.app.kit).insertInto("items").values({ id, list, name }).execute();
  }
}

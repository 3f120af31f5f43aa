import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import type { User } from "buffkit";
import { createUser, logInAs } from "buffkit/testing";
import { live } from "../live.ts";
import type { Scene } from "../scene.ts";
import { ticketList, ticketsOf } from "./ticket-list.ts";

/** People who look at the same tickets, each logged in with a browser of their own. */
export class TicketScene {
  readonly #scene: Scene;
  readonly #browser: Browser;
  readonly #users = new Map<string, User>();
  readonly #pages = new Map<string, Page>();
  #nextId = 1;

  constructor(scene: Scene, browser: Browser) {
    this.#scene = scene;
    this.#browser = browser;
  }

  async open(): Promise<void> {
    const { kit } = await this.#scene.wire({ config: { parts: [ticketList] } });
    await kit.db.schema
      .createTable("tickets")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("maker", "text")
      .addColumn("title", "text")
      .execute();
    await kit.live.settled();
    for (const name of ["Ann", "Ben", "Sue"]) {
      this.#users.set(name, await createUser(kit, { name, ...(name === "Sue" ? { role: "support" } : {}) }));
      const page = await this.visit(name);
      await live(page);
      await page.evaluate(() => (document.documentElement.dataset.visit = "first"));
    }
  }

  async visit(name: string, javaScriptEnabled = true): Promise<Page> {
    const context = await this.#browser.newContext({ javaScriptEnabled });
    this.#scene.atEnd(() => context.close());
    await this.#logIn(context, name);
    const page = await context.newPage();
    this.#pages.set(name, page);
    await page.goto(`${this.#scene.app.url}/tickets`);
    return page;
  }

  async make(maker: string, title: string): Promise<void> {
    const values = { id: this.#nextId++, maker: this.#user(maker).id, title };
    await ticketsOf(this.#scene.app.kit).insertInto("tickets").values(values).execute();
  }

  async rename(title: string, newTitle: string): Promise<void> {
    const tickets = ticketsOf(this.#scene.app.kit).updateTable("tickets");
    await tickets.set({ title: newTitle }).where("title", "=", title).execute();
  }

  async expectDeletable(name: string, titles: readonly string[]): Promise<void> {
    await this.#expectButtons(name, "Delete", titles);
  }

  async expectClosable(name: string, titles: readonly string[]): Promise<void> {
    await this.#expectButtons(name, "Close", titles);
  }

  /** Whether the keyboard gets to links and buttons that are shown, and to no others. */
  async expectReachable(name: string): Promise<void> {
    const page = this.#page(name);
    const shown = await page.locator("li a, li button").filter({ visible: true }).allTextContents();
    await page.locator("li a").first().focus();
    const reached: string[] = [];
    while (await page.evaluate(() => document.activeElement?.closest("li"))) {
      reached.push((await page.evaluate(() => document.activeElement?.textContent)) ?? "");
      await page.keyboard.press("Tab");
    }
    expect(reached).toEqual(shown);
  }

  /** Looks at each change of the page, before it is painted, and when it is painted. Styles that are asked for again come late. */
  async watchFirstButton(name: string): Promise<void> {
    await this.expectDeletable(name, ["Ann's ticket"]);
    await this.#page(name).route("**/only.css*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await this.#page(name).evaluate(() => {
      const { dataset } = document.documentElement;
      dataset.looks = "0";
      const look = () => {
        const button = document.getElementById("delete-1");
        if (!button) return;
        dataset.looks = String(Number(dataset.looks) + 1);
        if (!button.checkVisibility()) dataset.hidden = "yes";
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
      const paint = () => {
        look();
        requestAnimationFrame(paint);
      };
      paint();
    });
  }

  async expectNeverHidden(name: string): Promise<void> {
    const document = this.#page(name).locator("html");
    expect(Number(await document.getAttribute("data-looks"))).toBeGreaterThan(2);
    await expect(document).not.toHaveAttribute("data-hidden");
  }

  async visitArchive(name: string): Promise<void> {
    const page = this.#page(name);
    await page.getByRole("link", { name: "Archive" }).click();
    await expect(page.getByRole("heading", { name: "Archive" })).toBeVisible();
    await page.getByRole("link", { name: "Tickets" }).click();
    await expect(page.locator("li").first()).toBeVisible();
  }

  async forget(name: string): Promise<void> {
    await this.#page(name).context().clearCookies();
  }

  async logInElsewhere(name: string, owner: string): Promise<void> {
    await this.#logIn(this.#page(owner).context(), name);
  }

  async expectSameVisit(name: string): Promise<void> {
    await expect(this.#page(name).locator("html")).toHaveAttribute("data-visit", "first");
  }

  async #expectButtons(name: string, verb: string, titles: readonly string[]): Promise<void> {
    const buttons = this.#page(name).locator("li button").filter({ hasText: verb, visible: true });
    await expect(buttons).toHaveText(titles.map((title) => `${verb} ${title}`));
    // Assistive technology doesn't meet what isn't shown.
    await expect(this.#page(name).getByRole("button", { name: verb })).toHaveCount(titles.length);
  }

  async #logIn(context: BrowserContext, name: string): Promise<void> {
    const { kit, url } = this.#scene.app;
    const [cookie = "", value = ""] = (await logInAs(kit, this.#user(name))).split("=");
    await context.addCookies([{ name: cookie, value, url }]);
  }

  #user(name: string): User {
    const user = this.#users.get(name);
    if (!user) throw new RangeError(`${name} has no account.`);
    return user;
  }

  #page(name: string): Page {
    const page = this.#pages.get(name);
    if (!page) throw new RangeError(`${name} has no page open.`);
    return page;
  }
}

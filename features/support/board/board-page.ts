import { expect, type Locator, type Page } from "@playwright/test";
import { live } from "../live.ts";
import { hideTab, showTab } from "../visibility.ts";

/** A board in someone's browser. */
export class BoardPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Creates a board and returns its path. */
  async create(title: string): Promise<string> {
    await this.#page.goto("/boards");
    await this.#page.getByLabel("Name of the new board").fill(title);
    await this.#page.getByRole("button", { name: "Create board" }).click();
    await expect(this.#page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await this.#ready();
    return new URL(this.#page.url()).pathname;
  }

  async open(path: string): Promise<void> {
    await this.#page.goto(path);
    await this.#ready();
  }

  column(name: string): Locator {
    return this.#page.locator(".column").filter({ has: this.#page.getByRole("heading", { name }) });
  }

  newCard(column: string): Locator {
    return this.column(column).getByLabel(`New card in ${column}`);
  }

  card(title: string): Locator {
    return this.#page.locator(".card").filter({ has: this.#page.getByRole("link", { name: title, exact: true }) });
  }

  cardIn(title: string, column: string): Locator {
    return this.column(column).getByRole("link", { name: title, exact: true });
  }

  titlesIn(column: string): Locator {
    return this.column(column).locator(".card-title");
  }

  async add(title: string): Promise<void> {
    await this.newCard("To do").fill(title);
    await this.newCard("To do").press("Enter");
    await expect(this.card(title)).toBeVisible();
  }

  async edit(title: string): Promise<void> {
    await this.card(title).getByRole("link", { name: title, exact: true }).click();
    await expect(this.#page.locator("dialog").getByLabel("Title")).toHaveValue(title);
  }

  /** Saves the open dialog with this title, whatever comes of it. */
  async submit(title: string): Promise<void> {
    const dialog = this.#page.locator("dialog");
    await dialog.getByLabel("Title").fill(title);
    await dialog.getByRole("button", { name: "Save" }).click();
  }

  async save(title: string): Promise<void> {
    await this.submit(title);
    await expect(this.#page.locator("dialog")).toBeHidden();
  }

  async move(title: string, column: string): Promise<void> {
    await this.card(title).hover();
    await this.card(title)
      .getByRole("button", { name: `Move to ${column}: ${title}` })
      .click();
    await expect(this.cardIn(title, column)).toBeVisible();
  }

  async complete(title: string): Promise<void> {
    await this.card(title)
      .getByRole("button", { name: `Complete: ${title}` })
      .click();
  }

  async delete(title: string): Promise<void> {
    await this.card(title).locator(".card-menu summary").click();
    await this.card(title).getByRole("link", { name: "Delete", exact: true }).click();
    await this.#page.locator("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(this.card(title)).toHaveCount(0);
  }

  /** Sets a mark that a reload would remove. */
  async markVisit(): Promise<void> {
    await this.#page.evaluate(() => {
      document.documentElement.dataset.visit = "first";
    });
  }

  async expectSameVisit(): Promise<void> {
    await expect(this.#page.locator("html")).toHaveAttribute("data-visit", "first");
  }

  /** The message about an invalid entry in this column. */
  problem(column: string): Locator {
    return this.column(column).locator(".bk-problem");
  }

  /** Expects this text in the focused field for a new card, with the cursor at its end. */
  async expectDraft(column: string, text: string): Promise<void> {
    const field = this.newCard(column);
    await expect(field).toHaveValue(text);
    await expect(field).toBeFocused();
    expect(await field.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(text.length);
  }

  /** Expects both versions of a card in the open dialog. */
  async expectConflict(theirs: string, mine: string): Promise<void> {
    await expect(this.#page.locator("#their-version")).toContainText(theirs);
    await expect(this.#page.locator("dialog").getByLabel("Title")).toHaveValue(mine);
  }

  async saveAnyway(): Promise<void> {
    await this.#page.locator("dialog").getByRole("button", { name: "Save mine instead" }).click();
  }

  /** The text in which the page tells that its connection is lost. */
  get connectionNotice(): Locator {
    return this.#page.locator("#bk-connection");
  }

  async hide(): Promise<void> {
    await hideTab(this.#page);
  }

  /** Shows the tab again and waits until its stream is open. */
  async show(): Promise<void> {
    const opened = this.#page.waitForResponse((response) => response.url().includes("/events?"));
    await showTab(this.#page);
    await opened;
  }

  /** With JavaScript, the page is ready once its stream is open. */
  async #ready(): Promise<void> {
    const hasScripts = await this.#page.evaluate(() => "htmx" in window).catch(() => false);
    if (hasScripts) await live(this.#page);
  }
}

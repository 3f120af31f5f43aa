import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** The inbox in a developer's browser. */
export class MailInboxPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the list and waits until it receives updates. */
  async open(url: string): Promise<void> {
    // An emulated color scheme would override the one that the page sets for its frames.
    await this.page.emulateMedia({ colorScheme: null });
    await this.page.goto(`${url}/__mail`);
    await this.#isLive();
    await this.page.evaluate(() => {
      document.documentElement.dataset.visit = "first";
    });
  }

  /** Clears the inbox and waits for the new page. */
  async clear(): Promise<void> {
    this.page.once("dialog", (dialog) => void dialog.accept());
    const loaded = this.page.waitForEvent("load");
    await this.page.getByRole("button", { name: "Clear" }).click();
    await loaded;
    await this.#isLive();
  }

  async expectSameVisit(): Promise<void> {
    await expect(this.page.locator("html")).toHaveAttribute("data-visit", "first");
  }

  async search(words: string): Promise<void> {
    await this.page.getByLabel("Search emails").fill(words);
  }

  get subjects(): Locator {
    return this.page.locator(".mail-list li strong");
  }

  get list(): Locator {
    return this.page.locator(".mail-list");
  }

  async openMail(subject: string): Promise<void> {
    await this.list.getByRole("link", { name: subject }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: subject })).toBeVisible();
  }

  get frame(): Locator {
    return this.page.locator(".mail iframe");
  }

  get frameContent(): FrameLocator {
    return this.page.frameLocator(".mail iframe");
  }

  async frameWidth(): Promise<number> {
    return (await this.frame.boundingBox())?.width ?? 0;
  }

  /** Chooses the width or the color scheme of the frame. */
  async choose(label: string): Promise<void> {
    await this.page.locator(".stage-tools").getByText(label, { exact: true }).click();
  }

  /** Opens one of the views of a mail and returns its content. */
  async view(name: string): Promise<Locator> {
    await this.page.getByRole("navigation", { name: "View" }).getByRole("link", { name }).click();
    await expect(this.page.locator('.tabs a[aria-current="page"]')).toContainText(name);
    return this.page.locator(".mail-body");
  }

  /** Downloads what a link of a view offers; returns the path of the file. */
  async download(view: string, link: string): Promise<string> {
    const body = await this.view(view);
    const download = this.page.waitForEvent("download");
    await body.getByRole("link", { name: link }).click();
    return await (await download).path();
  }

  async #isLive(): Promise<void> {
    await expect(this.page.locator("#dev-live")).toHaveAttribute("data-state", "live");
  }
}

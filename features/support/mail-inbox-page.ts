import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** The inbox in a developer's browser. */
export class MailInboxPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the list, and waits until it is told of new mails. */
  async open(url: string): Promise<void> {
    // The colours that a test browser claims to prefer would win over those that the page chooses for its frames.
    await this.page.emulateMedia({ colorScheme: null });
    await this.page.goto(`${url}/__mail`);
    await expect(this.page.locator("#dev-live")).toHaveAttribute("data-state", "live");
    await this.page.evaluate(() => {
      document.documentElement.dataset.visit = "first";
    });
  }

  /** Does what loads the page anew, and waits until it is told of changes again. */
  async reload(action: () => Promise<void>): Promise<void> {
    const loaded = this.page.waitForEvent("load");
    await action();
    await loaded;
    await expect(this.page.locator("#dev-live")).toHaveAttribute("data-state", "live");
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

  /** The width, or the colours, at which the HTML is shown. */
  async choose(label: string): Promise<void> {
    await this.page.locator(".stage-tools").getByText(label, { exact: true }).click();
  }

  async view(name: string): Promise<Locator> {
    await this.page.getByRole("navigation", { name: "View" }).getByRole("link", { name }).click();
    await expect(this.page.locator('.tabs a[aria-current="page"]')).toContainText(name);
    return this.page.locator(".mail-body");
  }
}

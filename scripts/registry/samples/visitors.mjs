import { chromium, expect } from "@playwright/test";

const flags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-background-networking",
];
const password = "violet-harbor-sings-twice";
/** Generous, because other programs may use the machine as well. */
const patience = { timeout: 30_000 };
export const see = expect.configure(patience);

/** A Chromium for several visitors; close it when done. */
export async function openVisitors(executablePath) {
  const browser = await chromium.launch({ executablePath, args: flags });
  return {
    /** Somebody with a browser of their own. */
    async open(name, { javaScriptEnabled = true } = {}) {
      const context = await browser.newContext({ javaScriptEnabled });
      context.setDefaultTimeout(patience.timeout);
      return new Visitor(name, await context.newPage());
    },
    close: () => browser.close(),
  };
}

/** One visitor, and everything that went wrong in their page. */
class Visitor {
  name;
  page;
  /** Errors of scripts and the console, and responses of 400 and above, such as "422 POST /items". */
  problems = [];

  constructor(name, page) {
    this.name = name;
    this.page = page;
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (message) => {
      // The browser's own note about a response, which is recorded below with its method and path.
      if (message.text().startsWith("Failed to load resource")) return;
      if (message.type() === "error") this.problems.push(message.text());
    });
    page.on("response", (response) => {
      const path = new URL(response.url()).pathname;
      if (response.status() >= 400) this.problems.push(`${response.status()} ${response.request().method()} ${path}`);
    });
  }

  /** Opens a page; tries again while nothing answers, as one does while an app restarts. */
  async open(url) {
    const { page } = this;
    await see(async () => {
      await page.goto(url);
    }).toPass(patience);
  }

  /** Creates an account on the pages of the app, and confirms it with the mail in the development inbox. */
  async signUp(address) {
    const { page, name } = this;
    await this.open(`${address}/register`);
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Email").fill(`${name.toLowerCase()}@example.com`);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await see(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
    await page.goto(await this.#mailedLink(address));
    await page.getByRole("button", { name: "Confirm" }).click();
    await see(page.getByText("Your email address is confirmed.")).toBeVisible();
  }

  /** Opens the newest mail to this visitor in the inbox, and returns the address that it asks to open. */
  async #mailedLink(address) {
    const { page, name } = this;
    const mail = page.locator(".mail-list").getByRole("link").first();
    await see(async () => {
      await page.goto(`${address}/__mail?q=${name.toLowerCase()}`);
      await expect(mail).toBeVisible({ timeout: 500 });
    }).toPass(patience);
    await mail.click();
    await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Links" }).click();
    return await page.locator('.mail-body a[href*="/verify-email"]').first().getAttribute("href");
  }

  /** Waits until the page receives live updates. */
  async isLive() {
    await see(this.page.locator("html")).toHaveAttribute("data-live", "live");
  }

  /** Goes to another tab ("hidden"), or comes back ("visible"). */
  async turn(visibility) {
    await this.page.evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { value, configurable: true });
      Object.defineProperty(document, "hidden", { value: value === "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, visibility);
  }

  /** Expects that nothing went wrong since the last time, except these responses. */
  expectNoProblems(...expected) {
    see(this.problems.splice(0), `what went wrong on ${this.name}'s page`).toEqual(expected);
  }
}

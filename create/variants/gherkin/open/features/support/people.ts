import type { Browser, BrowserContext, Page } from "@playwright/test";

/** A person with their own browser. */
export interface Person {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
}

/** The people in a scenario. */
export class People {
  readonly #browser: Browser;
  readonly #app: { readonly url: string };
  readonly #known = new Map<string, Person>();

  constructor(browser: Browser, app: { readonly url: string }) {
    this.#browser = browser;
    this.#app = app;
  }

  /** Returns the person with that name; opens a browser the first time. */
  async get(name: string): Promise<Person> {
    const known = this.#known.get(name);
    if (known) return known;
    const context = await this.#browser.newContext({ baseURL: this.#app.url });
    const person = { name, context, page: await context.newPage() };
    this.#known.set(name, person);
    return person;
  }

  async close(): Promise<void> {
    for (const { context } of this.#known.values()) await context.close();
  }
}

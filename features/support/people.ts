import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { MailReader } from "./mail-reader.ts";
import type { ReferenceApp } from "./reference-app.ts";

export const goodPassword = "violet-harbour-sings-twice";

/** Someone with their own email address and browser. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly page: Page;
  readonly context: BrowserContext;
}

/** The people of one scenario. Each has their own IP address, so that rate limits count them separately. */
export class People {
  readonly #browser: Browser;
  readonly #app: ReferenceApp;
  readonly #known = new Map<string, Person>();
  readonly mails: MailReader;

  constructor(browser: Browser, app: ReferenceApp) {
    this.#browser = browser;
    this.#app = app;
    this.mails = new MailReader(app.url);
  }

  /** The person with this name, in a new browser the first time. */
  async get(name: string, options: BrowserContextOptions = {}): Promise<Person> {
    const known = this.#known.get(name);
    if (known) return known;
    const context = await this.#browser.newContext({
      baseURL: this.#app.url,
      ...options,
      extraHTTPHeaders: { "X-Forwarded-For": randomAddress() },
    });
    const email = `${name.toLowerCase().replace(/\W/g, "")}-${Math.random().toString(36).slice(2, 10)}@example.test`;
    const person = { name, email, context, page: await context.newPage() };
    this.#known.set(name, person);
    return person;
  }

  /** Registers as the page does, and confirms the address with the mailed link. */
  async register(name: string): Promise<Person> {
    const person = await this.get(name);
    await this.#post(person, "/register", { name, email: person.email, password: goodPassword });
    const link = await this.mails.link(person.email, /verify-email/);
    const token = new URL(link).searchParams.get("token") ?? "";
    await this.#post(person, "/verify-email", { token, password: goodPassword });
    // Confirming has logged in, but this person should only have an account.
    await this.#post(person, "/logout", {});
    return person;
  }

  /** Registers and logs in by requests; afterwards the browser has the session. */
  async logIn(name: string, options: BrowserContextOptions = {}): Promise<Person> {
    await this.get(name, options);
    const person = await this.register(name);
    await this.#post(person, "/login", { email: person.email, password: goodPassword });
    return person;
  }

  async close(): Promise<void> {
    for (const { context } of this.#known.values()) await context.close();
  }

  async #post({ context }: Person, path: string, form: Record<string, string>): Promise<void> {
    const headers = { Origin: this.#app.url, Accept: "text/html" };
    const answer = await context.request.post(path, { form, headers, maxRedirects: 0 });
    expect(answer.status(), `${path} responded with ${await answer.text()}`).toBeLessThan(400);
  }
}

/** A random address from the range that RFC 2544 reserves for benchmarks. */
function randomAddress(): string {
  const part = () => Math.floor(Math.random() * 254) + 1;
  return `198.18.${part()}.${part()}`;
}

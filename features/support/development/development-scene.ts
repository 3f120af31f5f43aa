import { expect, type Page } from "@playwright/test";
import { html } from "hono/html";
import type { ReferenceApp } from "../reference-app.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import type { WiredApp } from "../wired-app.ts";
import { requestEverySpelling } from "./path-spellings.ts";
import { startSmtpServer, type TestSmtpServer } from "./smtp-server.ts";

const developmentPages = ["/__mail", "/__mail/preview", "/__mail/templates", "/__dev"];

interface Visit {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** One app in development and in production. */
interface Modes {
  readonly development: WiredApp;
  readonly production: WiredApp;
}

/** A developer who looks at an app, and what the same app shows in production. */
export class DevelopmentScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #visit = new Slot<Visit>("a visit");
  readonly #cspViolations: string[] = [];
  readonly #statuses = new Slot<Readonly<Record<string, number>>>("responses");
  readonly #modes = new Slot<Modes>("an app in development and in production");
  readonly #smtp = new Slot<TestSmtpServer>("an SMTP server");
  readonly #text = new Slot<string>("a response");

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
  }

  async sendMail(subject: string, to: string): Promise<void> {
    const { kit } = await this.#scene.anyApp();
    await kit.mail.send({ to, subject, text: `This is ${subject}.` });
  }

  async sendMailInBothForms(subject: string, heading: string, text: string): Promise<void> {
    const { kit } = await this.#scene.wire();
    await kit.mail.send({ to: "ann@example.test", subject, html: html`<h1>${heading}</h1>`, text });
  }

  async open(path: string): Promise<void> {
    const { url } = await this.#scene.anyApp();
    this.#page.on("console", (message) => {
      if (/content security policy/i.test(message.text())) this.#cspViolations.push(message.text());
    });
    const response = await this.#page.goto(url + path);
    this.#visit.value = { status: response?.status() ?? 0, headers: (await response?.allHeaders()) ?? {} };
  }

  async openMail(subject: string): Promise<void> {
    await this.#page.goto(`${this.#scene.app.url}/__mail`);
    await this.#page.getByRole("link", { name: subject }).click();
  }

  expectStatus(status: number): void {
    expect(this.#visit.value.status).toBe(status);
  }

  async expectListedMail(subject: string, to: string): Promise<void> {
    await expect(this.#page.getByText(subject, { exact: true }).first()).toBeVisible();
    await expect(this.#page.getByText(to).first()).toBeVisible();
  }

  async expectHtml(heading: string): Promise<void> {
    await expect(this.#page.frameLocator("iframe").getByRole("heading", { name: heading })).toBeVisible();
  }

  async expectText(text: string): Promise<void> {
    await this.#page.getByRole("link", { name: "Text", exact: true }).click();
    await expect(this.#page.locator("pre")).toHaveText(text);
  }

  expectLogged(...texts: readonly string[]): void {
    const log = this.#scene.app.logLines.join("\n");
    for (const text of texts) expect(log).toContain(text);
  }

  expectDevelopmentHeaders(): void {
    const { headers } = this.#visit.value;
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
    expect(headers["content-security-policy"]).toContain("script-src 'self'");
    expect(headers["strict-transport-security"]).toBeUndefined();
  }

  expectNoCspViolations(): void {
    expect(this.#cspViolations).toEqual([]);
  }

  async expectLiveInbox(): Promise<void> {
    await this.sendMail("Sent before", "ann@example.test");
    await this.#page.goto(`${this.#scene.app.url}/__mail`);
    await expect(this.#page.getByText("Sent before").first()).toBeVisible();
    await this.sendMail("Sent while open", "ann@example.test");
    await expect(this.#page.getByText("Sent while open").first()).toBeVisible();
  }

  async requestEverySpelling(app: ReferenceApp, path: string): Promise<void> {
    this.#statuses.value = await requestEverySpelling(app.url, path);
  }

  expectNotFound(): void {
    const statuses = Object.entries(this.#statuses.value);
    expect(statuses.length).toBeGreaterThan(5);
    // Some spellings are rejected earlier, by HTTP (400) or the host check (403).
    expect(statuses.filter(([, status]) => ![400, 403, 404].includes(status))).toEqual([]);
  }

  async startFailingApp(message: string): Promise<void> {
    const start = (dev: boolean) =>
      this.#scene.wire({
        config: { dev },
        routes: (routes) => {
          routes.get("/fails", () => {
            throw new RangeError(message);
          });
        },
      });
    this.#modes.value = { development: await start(true), production: await start(false) };
  }

  async openFailingPage(mode: keyof Modes): Promise<void> {
    const headers = { Accept: "text/html", "User-Agent": "a-curious-browser" };
    const response = await fetch(`${this.#modes.value[mode].url}/fails?shelf=3`, { headers });
    expect(response.status).toBe(500);
    this.#text.value = await response.text();
  }

  expectErrorDetails(): void {
    for (const text of ["the stock is empty", "development-scene.ts", "/fails?shelf=3", "a-curious-browser"]) {
      expect(this.#text.value).toContain(text);
    }
  }

  expectNoErrorDetails(): void {
    expect(this.#text.value).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(this.#text.value).not.toMatch(/stock|RangeError|\.ts|node_modules|shelf/);
  }

  async startSmtpServer(): Promise<void> {
    const server = await startSmtpServer();
    this.#scene.atEnd(() => server.stop());
    this.#smtp.value = server;
  }

  async sendInBothModes(): Promise<void> {
    const smtpUrl = this.#smtp.value.url;
    const start = async (dev: boolean, subject: string): Promise<WiredApp> => {
      const app = await this.#scene.wire({ config: { dev, smtpUrl, mail: { inboxFolder: false } } });
      await app.kit.mail.send({ to: "ann@example.test", subject, text: "Hi" });
      return app;
    };
    this.#modes.value = { development: await start(true, "Kept here"), production: await start(false, "Sent out") };
  }

  async expectMailCaptured(): Promise<void> {
    const inbox = await fetch(`${this.#modes.value.development.url}/__mail`);
    expect(await inbox.text()).toContain("Kept here");
    expect(this.#smtp.value.received.join("\n")).not.toContain("Kept here");
  }

  async expectMailSent(): Promise<void> {
    const { url } = this.#modes.value.production;
    expect(this.#smtp.value.received.join("\n")).toContain("Subject: Sent out");
    expect((await fetch(`${url}/__mail`)).status).toBe(404);
    expect((await fetch(`${url}/__mail/preview`)).status).toBe(404);
  }

  async expectDevelopmentPages(app: ReferenceApp, status: number): Promise<void> {
    for (const path of developmentPages) expect((await fetch(app.url + path)).status, path).toBe(status);
  }
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { raw } from "hono/html";
import { freeFolder } from "../free-folder.ts";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { MailInboxPage } from "./mail-inbox-page.ts";
import { RemoteSite } from "./remote-site.ts";

const attachment = Buffer.from([0, 1, 2, 253, 254, 255, 10, 13, 0]);
const links = ["https://one.example/a?b=1&c=2", "https://two.example/"];
const richHtml =
  "<style>.night { display: none } @media (prefers-color-scheme: dark) { .night { display: block !important } }</style>" +
  '<h1>The rich words</h1><p class="night">Good night</p>' +
  '<a href="https://one.example/a?b=1&amp;c=2">First</a> <a href="https://two.example/">Second</a>';

/** The mails that an app has sent, and a developer who looks at them. */
export class InboxScene {
  readonly #scene: Scene;
  readonly page: MailInboxPage;
  readonly #subject = new Slot<string>("a mail");
  readonly #remoteSite = new Slot<RemoteSite>("a remote site");

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.page = new MailInboxPage(page);
  }

  async open(): Promise<void> {
    const { url } = await this.#scene.anyApp();
    await this.page.open(url);
  }

  async openMail(): Promise<void> {
    await this.open();
    await this.page.openMail(this.#subject.value);
  }

  async send(subject: string, to = "ann@example.test"): Promise<void> {
    const { kit } = await this.#scene.anyApp();
    await kit.mail.send({ to, subject, text: `This is ${subject}.` });
  }

  async sendAndRestart(subject: string): Promise<void> {
    const folder = freeFolder("inbox");
    this.#scene.atEnd(() => folder.remove());
    const config = { mail: { inboxFolder: join(folder.path, "mail") } };
    const first = await this.#scene.wire({ config });
    await this.send(subject);
    await first.stop();
    await this.#scene.wire({ config });
  }

  async sendHostileHtml(): Promise<void> {
    const { kit } = await this.#scene.wire();
    const site = await RemoteSite.start();
    this.#scene.atEnd(() => site.stop());
    const { origin } = site;
    const html = raw(
      `<h1>Harmless</h1><script>parent.document.title = document.title = "taken"; fetch("${origin}/script")</script>` +
        `<img src="${origin}/picture.png"><img src="x" onerror="fetch('${origin}/handler')">` +
        `<link rel="stylesheet" href="${origin}/style.css">` +
        `<form action="${origin}/form"><button>Send it</button></form>`,
    );
    await kit.mail.send({ to: "ann@example.test", subject: "Not harmless", html });
    this.#remoteSite.value = site;
    this.#subject.value = "Not harmless";
  }

  async sendFullMail(): Promise<void> {
    const { kit } = await this.#scene.wire();
    const attachments = [{ filename: "bytes.bin", content: attachment, contentType: "application/octet-stream" }];
    const to = ["Ann <ann@example.test>", "bob@example.test"];
    await kit.mail.send({ to, subject: "All sides", html: raw(richHtml), text: "The plain words", attachments });
    this.#subject.value = "All sides";
  }

  async expectSandbox(): Promise<void> {
    const allowed = (await this.page.frame.getAttribute("sandbox"))?.split(" ");
    expect(allowed).toBeDefined();
    for (const right of ["allow-scripts", "allow-same-origin", "allow-forms", "allow-top-navigation"]) {
      expect(allowed).not.toContain(right);
    }
  }

  async expectHarmless(): Promise<void> {
    const { frameContent, page } = this.page;
    await expect(frameContent.getByRole("heading", { name: "Harmless" })).toBeVisible();
    await frameContent.getByRole("button", { name: "Send it" }).click();
    await expect(page).toHaveTitle(/^Not harmless/);
    expect(this.#remoteSite.value.requests).toEqual([]);
  }

  async expectDarkMode(): Promise<void> {
    await expect(this.page.frameContent.getByText("Good night")).toBeVisible();
  }

  async expectLinks(view: string): Promise<void> {
    const shown = (await this.page.view(view)).getByRole("link");
    for (const url of links) await expect(shown.filter({ hasText: url })).toHaveAttribute("href", url);
  }

  async expectAttachment(view: string): Promise<void> {
    expect(await readFile(await this.page.download(view, "bytes.bin"))).toEqual(attachment);
  }

  async expectHeaders(view: string): Promise<void> {
    const body = await this.page.view(view);
    for (const text of ["Subject: All sides", "ann@example.test", "bob@example.test"]) {
      await expect(body).toContainText(text);
    }
  }

  async expectSource(view: string): Promise<void> {
    await expect(await this.page.view(view)).toContainText("Content-Type: multipart/");
    expect(await readFile(await this.page.download(view, "Download .eml"), "utf8")).toContain("The plain words");
  }

  expectNothingSent(): void {
    expect(this.#scene.app.kit.inbox?.list()).toEqual([]);
  }

  /** Expects one h1 on these pages and on the page of the newest mail. */
  async expectOneHeading(...paths: readonly string[]): Promise<void> {
    const { kit, url } = this.#scene.app;
    const { page } = this.page;
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of [...paths, `/__mail/${kit.inbox?.list()[0]?.id}`]) {
        await page.goto(url + path);
        await expect(page.getByRole("heading", { level: 1 }), `${path}, ${width} px wide`).toHaveCount(1);
      }
    }
  }
}

import { expect } from "@playwright/test";

/** Reads the development inbox as a developer does: by its pages. */
export class MailReader {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The first link of this kind in a mail to this address; waits until the mail is there. */
  async link(to: string, kind: RegExp): Promise<string> {
    let found: string | undefined;
    await expect
      .poll(async () => {
        found = await this.#search(to, kind);
        return found;
      }, `a mail to ${to} with a link like ${kind}`)
      .toBeDefined();
    return found ?? "";
  }

  /** The subjects of the mails to this address; waits until this one is among them. */
  async subjects(to: string, awaited: string): Promise<readonly string[]> {
    let found: string[] = [];
    await expect
      .poll(async () => {
        const list = await this.#read(`/__mail?q=${encodeURIComponent(to)}`);
        found = [...list.matchAll(/<strong>([^<]*)<\/strong>/g)].map(([, subject = ""]) => subject);
        return found;
      }, `a mail "${awaited}" to ${to}`)
      .toContain(awaited);
    return found;
  }

  /** How many mails there are to this address at this moment. */
  async count(to: string): Promise<number> {
    const list = await this.#read(`/__mail?q=${encodeURIComponent(to)}`);
    return [...list.matchAll(/href="\/__mail\/[0-9a-f-]{36}/g)].length;
  }

  async #search(to: string, kind: RegExp): Promise<string | undefined> {
    const list = await this.#read(`/__mail?q=${encodeURIComponent(to)}`);
    for (const [, path] of list.matchAll(/href="(\/__mail\/[0-9a-f-]{36})/g)) {
      const links = await this.#read(`${path}?view=links`);
      const hrefs = [...links.matchAll(/href="(http[^"]+)"/g)].map(([, href]) => href?.replaceAll("&amp;", "&"));
      const match = hrefs.find((href) => href && kind.test(href));
      if (match) return match;
    }
    return undefined;
  }

  async #read(path: string): Promise<string> {
    return await (await fetch(this.#url + path, { headers: { Accept: "text/html" } })).text();
  }
}

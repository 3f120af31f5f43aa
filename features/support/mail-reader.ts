import { expect } from "@playwright/test";

/** Reads the pages of the development inbox. */
export class MailReader {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The first link of this kind, other than `known`, in a mail to this address; waits until there is one. */
  async link(to: string, kind: RegExp, known?: string): Promise<string> {
    let found: string | undefined;
    await expect
      .poll(async () => {
        found = await this.#search(to, (link) => kind.test(link) && link !== known);
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
        const list = await this.#list(to);
        found = [...list.matchAll(/<strong>([^<]*)<\/strong>/g)].map(([, subject = ""]) => subject);
        return found;
      }, `a mail "${awaited}" to ${to}`)
      .toContain(awaited);
    return found;
  }

  /** The number of mails to this address right now. */
  async count(to: string): Promise<number> {
    return [...(await this.#list(to)).matchAll(/href="\/__mail\/[0-9a-f-]{36}/g)].length;
  }

  async #search(to: string, isWanted: (link: string) => boolean): Promise<string | undefined> {
    for (const [, path] of (await this.#list(to)).matchAll(/href="(\/__mail\/[0-9a-f-]{36})/g)) {
      const links = await this.#read(`${path}?view=links`);
      const hrefs = [...links.matchAll(/href="(http[^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
      const match = hrefs.find(isWanted);
      if (match) return match;
    }
    return undefined;
  }

  async #list(to: string): Promise<string> {
    return await this.#read(`/__mail?q=${encodeURIComponent(to)}`);
  }

  async #read(path: string): Promise<string> {
    return await (await fetch(this.#url + path, { headers: { Accept: "text/html" } })).text();
  }
}

import { readEvents } from "../../sse/index.ts";
import type { TestClient } from "../client/test-client.ts";
import { PageDocument } from "./page-document.ts";

/** A page in a browser that follows its stream: connects again when the stream ends, and says how far each of its regions is. */
export class OpenPage {
  readonly path: string;
  readonly #client: TestClient;
  #document: PageDocument;
  #stream: { readonly reader: ReadableStreamDefaultReader<Uint8Array>; readonly done: Promise<void> } | undefined;
  readonly #address: string;
  #lastId = "";
  #isAway = true;
  readonly #marks = new Set<string>();
  #hears: () => void = () => {};
  /** Everything that it was sent since this was emptied. */
  readonly received: string[] = [];
  /** What went wrong with it, which can't be thrown where it happens. */
  readonly failures: unknown[] = [];
  reconnects = 0;

  private constructor(client: TestClient, path: string, html: string) {
    this.#client = client;
    this.path = path;
    this.#address = (/hx-sse:connect="([^"]+)"/.exec(html)?.[1] ?? "/events").replaceAll("&amp;", "&");
    this.#document = new PageDocument(contentOf(html));
  }

  static async open(client: TestClient, path: string): Promise<OpenPage> {
    const response = await client.request(path);
    const html = await response.text();
    if (!response.ok) throw new Error(`${response.status} for ${path}: ${html}`);
    return new OpenPage(client, path, html);
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** What it shows. */
  get shown(): string {
    return this.#document.format();
  }

  /** What it would show if it was opened now. */
  async fresh(): Promise<string> {
    return (await OpenPage.open(this.#client, this.path)).shown;
  }

  async connect(): Promise<void> {
    this.#isAway = false;
    const regions = this.#document.regions.map((region) => `live=${encodeURIComponent(region)}`);
    const address = [this.#address, regions.join("&")].join(this.#address.includes("?") ? "&" : "?");
    const response = await this.#client.request(address, {
      headers: { Accept: "text/event-stream", ...(this.#lastId === "" ? {} : { "Last-Event-ID": this.#lastId }) },
    });
    if (!response.ok || !response.body) throw new Error(`${response.status} for ${address}: ${await response.text()}`);
    const reader = response.body.getReader();
    this.#stream = { reader, done: this.#read(reader) };
  }

  /** Ends the stream from this side, as a hidden tab does. */
  async leave(): Promise<void> {
    this.#isAway = true;
    this.#hears();
    await this.#stream?.reader.cancel().catch(() => {});
    await this.#stream?.done;
  }

  /** Resolves when it has heard this mark, and with it all that was sent before. */
  async heard(mark: string): Promise<void> {
    while (!this.#marks.has(mark) && !this.#isAway && this.failures.length === 0) {
      await new Promise<void>((resolve) => (this.#hears = resolve));
    }
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    try {
      for await (const { name, id, data } of readEvents(reader)) {
        if (id !== "") this.#lastId = id;
        this.#take(name, data);
      }
      if (!this.#isAway) {
        this.reconnects += 1;
        void this.connect().catch((error: unknown) => this.#fail(error));
      }
    } catch (error) {
      if (!this.#isAway) this.#fail(error);
    }
  }

  #take(name: string, data: string): void {
    if (name === "bk:close") throw new Error(`the stream was ended for good: ${data}`);
    if (name === "bk:region") this.#document.place(data);
    if (name === "message") {
      this.received.push(data);
      this.#document.apply(data);
    }
    if (name === "mark") {
      this.#marks.add(data);
      this.#hears();
    }
  }

  #fail(error: unknown): void {
    this.failures.push(error);
    this.#hears();
  }
}

/** The part of the page that is its own. */
function contentOf(html: string): string {
  const [content] = /<section id="page">[\s\S]*<\/section>/.exec(html) ?? [];
  if (content === undefined) throw new Error(`no page: ${html}`);
  // As browsers do.
  return content.replace(/\r\n?/g, "\n");
}

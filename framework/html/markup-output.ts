import { type HtmlEscapedCallback, type HtmlEscapedString, raw } from "hono/utils/html";

/** Where a serialiser writes: text so far, and the places where something asynchronous belongs between pieces of it. */
export class MarkupOutput {
  /** What was written since the last asynchronous piece; an array of one, as hono's escaping functions take it. */
  readonly text: [string] = [""];
  #parts: (string | Promise<string>)[] | null = null;
  #callbacks: HtmlEscapedCallback[] | undefined;

  /** Leaves a place for markup that is not there yet. */
  addLater(part: Promise<string>): void {
    this.#parts ??= [];
    this.#parts.push(this.text[0], part);
    this.text[0] = "";
  }

  /** Adds finished markup, and what it still wants to do with the whole document (Suspense, `<title>`). */
  addMarkup(markup: unknown): void {
    this.#collect(markup);
    this.text[0] += String(markup);
  }

  /** Everything that was written, marked as escaped. */
  finish(): HtmlEscapedString | Promise<HtmlEscapedString> {
    if (this.#parts === null) return raw(this.text[0], this.#callbacks);
    return Promise.all([...this.#parts, this.text[0]]).then((texts) => {
      for (const text of texts) this.#collect(text);
      return raw(texts.join(""), this.#callbacks);
    });
  }

  #collect(markup: unknown): void {
    if (typeof markup !== "object" || markup === null || !("callbacks" in markup)) return;
    if (Array.isArray(markup.callbacks)) this.#callbacks = [...(this.#callbacks ?? []), ...markup.callbacks];
  }
}

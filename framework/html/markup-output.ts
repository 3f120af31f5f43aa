import { type HtmlEscapedCallback, type HtmlEscapedString, raw } from "hono/utils/html";

/** Where markup will be. */
export interface MarkupPlace {
  /** Whether it belongs to an SVG picture, whose attributes have names of their own. */
  readonly isSvg: boolean;
  /** The schemes that addresses may have there besides those of `safeUrl`. */
  readonly schemes: ReadonlySet<string>;
}

/** What a serializer writes to: text, with placeholders for asynchronous parts. */
export class MarkupOutput {
  /** The text since the last asynchronous part; an array with one entry, as hono's escaping functions expect it. */
  readonly text: [string] = [""];
  /** Where it is written. Changes inside a picture. */
  place: MarkupPlace;
  #parts: (string | Promise<string>)[] | null = null;
  #callbacks: HtmlEscapedCallback[] | undefined;

  constructor(place: MarkupPlace) {
    this.place = place;
  }

  /** Adds a placeholder for markup that isn't ready yet. */
  addLater(part: Promise<string>): void {
    this.#parts ??= [];
    this.#parts.push(this.text[0], part);
    this.text[0] = "";
  }

  /** Adds finished markup, and its callbacks for the whole document (Suspense, `<title>`). */
  addMarkup(markup: unknown): void {
    this.#collect(markup);
    this.text[0] += String(markup);
  }

  /** Everything written so far, marked as escaped. */
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

import { raw as markTrusted } from "hono/html";
import type { Child } from "hono/jsx";
import type { HtmlEscapedString } from "hono/utils/html";

/**
 * Anything that can be rendered: JSX, the `html` template of `hono/html`, text, numbers, lists of these, and promises of them. A plain
 * string is text and gets escaped; only JSX, `html` templates and `raw()` are markup.
 */
export type Html = Child;

/** Rendered markup: JSX, an `html` template or `raw()`, but not plain text. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Marks a string as trusted markup, so that it isn't escaped. Never pass anything that a user may have written; see `UserHtml`. */
export function raw(html: string): HtmlEscapedString {
  return markTrusted(html);
}

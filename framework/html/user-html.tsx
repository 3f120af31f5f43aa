import { createRequire } from "node:module";
import type sanitize from "sanitize-html";
import { raw } from "./raw.ts";

const require = createRequire(import.meta.url);

const rules: sanitize.IOptions = {
  allowedTags: [
    ...["p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li", "dl", "dt", "dd"],
    ...[
      "a",
      "b",
      "strong",
      "i",
      "em",
      "u",
      "s",
      "del",
      "ins",
      "sub",
      "sup",
      "small",
      "mark",
      "kbd",
      "abbr",
      "q",
      "span",
      "div",
    ],
    ...["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"],
  ],
  allowedAttributes: {
    a: ["href", "title", "rel"],
    abbr: ["title"],
    th: ["colspan", "rowspan"],
    td: ["colspan", "rowspan"],
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowProtocolRelative: false,
  disallowedTagsMode: "discard",
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: "nofollow ugc noopener noreferrer" } }),
  },
};

/** Markup written by a user, reduced to harmless tags: no scripts, styles, forms, images, ids, classes, `hx-*` or `bk-*`. */
export function sanitizeHtml(html: string): string {
  // Loaded when it is needed: few apps show such markup, and its parser would be a tenth of the start-up time.
  const clean: typeof sanitize = require("sanitize-html");
  return clean(html, rules);
}

export interface UserHtmlProps {
  /** Markup as the user wrote it. */
  readonly html: string;
  readonly class?: string;
}

/** The one way to show markup that a user wrote: sanitised, and fenced with `hx-ignore` so that htmx looks at none of it. */
export function UserHtml(props: UserHtmlProps) {
  return (
    <div class={props.class} hx-ignore>
      {raw(sanitizeHtml(props.html))}
    </div>
  );
}

import { createRequire } from "node:module";
import type sanitize from "sanitize-html";
import { sanitizerMissing } from "./errors.ts";
import { raw } from "./html.ts";

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

/**
 * HTML that a user wrote, reduced to harmless tags: no scripts, styles, forms, images, ids, classes, `hx-*` or `bk-*`. Loads the optional
 * package sanitize-html on first use. Throws `HTML_SANITIZER_MISSING` if it isn't installed.
 */
export function sanitizeHtml(html: string, load: NodeJS.Require = require): string {
  return loadSanitizer(load)(html, rules);
}

/** Synchronous, so that a component with user HTML renders like any other. */
function loadSanitizer(load: NodeJS.Require): typeof sanitize {
  try {
    return load("sanitize-html");
  } catch (cause) {
    throw sanitizerMissing({ cause });
  }
}

export interface UserHtmlProps {
  /** The HTML as the user wrote it. */
  readonly html: string;
  readonly class?: string;
}

/** The only safe way to show HTML that a user wrote: sanitized, and marked `hx-ignore` so that htmx skips it. Needs sanitize-html. */
export function UserHtml(props: UserHtmlProps) {
  return (
    <div class={props.class} hx-ignore>
      {raw(sanitizeHtml(props.html))}
    </div>
  );
}

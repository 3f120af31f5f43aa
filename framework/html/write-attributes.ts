import { jsxAttr } from "hono/jsx/jsx-runtime";
import { escapeToBuffer } from "hono/utils/html";
import type { MarkupOutput } from "./markup-output.ts";
import { isSafeUrl, unsafeUrl } from "./safe-url.ts";

type Value = Parameters<typeof jsxAttr>[1];

/** Attributes whose value is a URL for the browser or htmx. */
const urlNames = new Set(
  "href src action formaction poster data cite background ping xlink:href hx-get hx-post hx-put hx-patch hx-delete hx-action".split(
    " ",
  ),
);

// React spellings that hono accepts.
const spellings: ReadonlyMap<string, string> = new Map([
  ["className", "class"],
  ["htmlFor", "for"],
  ["crossOrigin", "crossorigin"],
  ["httpEquiv", "http-equiv"],
  ["itemProp", "itemprop"],
  ["fetchPriority", "fetchpriority"],
  ["noModule", "nomodule"],
  ["formAction", "formaction"],
]);

/** Their default isn't `false`, so that leaving them out means something else. */
const falseIsWritten = new Set(["spellcheck", "draggable", "contenteditable"]);

/**
 * Writes the attributes of an element, escaped and quoted. A URL that `safeUrl` refuses becomes `about:invalid#unsafe`, except for
 * `data:` images in image elements.
 */
export function writeAttributes(tag: string, props: Readonly<Record<string, unknown>>, output: MarkupOutput): void {
  for (const name in props) {
    const value = props[name];
    if (name === "children" || value === null || value === undefined) continue;
    if (typeof value === "string" && isPlainName(name)) {
      output.text[0] += ` ${name}="`;
      escapeToBuffer(urlNames.has(name) ? checkUrl(tag, name, value) : value, output.text);
      output.text[0] += '"';
    } else if (name !== "ref" && name !== "dangerouslySetInnerHTML") writeUnusual(tag, { name, value }, output);
  }
}

/** Booleans, numbers, style objects, promises and unusual names are left to hono, which decides by the value. */
function writeUnusual(tag: string, given: { name: string; value: unknown }, output: MarkupOutput): void {
  const name = spellings.get(given.name) ?? given.name;
  const isUrl = urlNames.has(name.toLowerCase());
  const value = isUrl && typeof given.value === "string" ? checkUrl(tag, name, given.value) : given.value;
  if (typeof value === "number" && isPlainName(name)) {
    output.text[0] += ` ${name}="${value}"`;
    return;
  }
  if (value === false && falseIsWritten.has(name)) {
    output.text[0] += ` ${name}="false"`;
    return;
  }
  // hono checks the value before it prints it.
  const printed = jsxAttr(name, value as Value);
  if (printed instanceof Promise) {
    output.text[0] += " ";
    output.addLater(printed);
  } else if (String(printed) !== "") output.text[0] += ` ${printed}`;
}

function checkUrl(tag: string, name: string, value: string): string {
  if (value.charCodeAt(0) === 47 || isSafeUrl(value)) return value;
  const isImage = (tag === "img" && name === "src") || (tag === "link" && name === "href");
  return isImage && /^data:image\/(png|gif|jpe?g|webp|avif|svg\+xml)[;,]/.test(value) ? value : unsafeUrl;
}

/** Lowercase letters, digits and - . : _ only: nothing to translate or escape. */
function isPlainName(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if ((code >= 97 && code <= 122) || (code >= 45 && code <= 58 && code !== 47) || code === 95) continue;
    return false;
  }
  return name !== "";
}

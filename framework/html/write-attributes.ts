import { jsxAttr } from "hono/jsx/jsx-runtime";
import { escapeToBuffer } from "hono/utils/html";
import { type GivenAttribute, holdsAddress, mayHoldAddress, safeAddress } from "./address-attributes.ts";
import type { MarkupOutput, MarkupPlace } from "./markup-output.ts";
import { svgAttributeName } from "./svg-attributes.ts";

type Value = Parameters<typeof jsxAttr>[1];

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
  const { schemes } = output.place;
  for (const name in props) {
    const value = props[name];
    if (name === "children" || value === null || value === undefined) continue;
    if (typeof value === "string" && isPlainName(name)) {
      output.text[0] += ` ${name}="`;
      escapeToBuffer(mayHoldAddress(name) ? checkText({ tag, name, props, schemes }, value) : value, output.text);
      output.text[0] += '"';
    } else if (name !== "ref" && name !== "dangerouslySetInnerHTML")
      writeUnusual({ tag, name, props, schemes }, value, output);
  }
}

/** Booleans, numbers, style objects, promises and unusual names are left to hono, which decides by the value. */
function writeUnusual(given: GivenAttribute, plain: unknown, output: MarkupOutput): void {
  const spelled = spellings.get(given.name) ?? given.name;
  const name = output.place.isSvg ? svgAttributeName(spelled) : spelled;
  const value = checked({ ...given, name: name.toLowerCase() }, plain);
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

/** The same properties, with the check of addresses, for an element that hono writes itself. */
export function checkProps(
  tag: string,
  props: Readonly<Record<string, unknown>>,
  { schemes }: MarkupPlace,
): Record<string, unknown> {
  const entries = Object.entries(props);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, checked({ tag, name: name.toLowerCase(), props, schemes }, value)]),
  );
}

function checkText(given: GivenAttribute, value: string): string {
  return holdsAddress(given) ? safeAddress(given, value) : value;
}

/** An address may also be an object with a text, such as a `URL`, and come later. */
function checked(given: GivenAttribute, value: unknown): unknown {
  if (!holdsAddress(given)) return value;
  if (value instanceof Promise) return value.then((later) => checked(given, later));
  if (typeof value !== "string" && (typeof value !== "object" || value === null)) return value;
  const text = String(value);
  const safe = safeAddress(given, text);
  return safe === text ? value : safe;
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

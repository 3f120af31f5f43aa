import { resolveReferences } from "./character-references.ts";

/** A start or end tag found by the scanner. Positions are UTF-16 offsets. */
export interface Tag {
  readonly kind: "start" | "end";
  /** Name in lower case. */
  readonly name: string;
  /** Position of `<`. */
  readonly start: number;
  /** Position after `>`. */
  readonly end: number;
  readonly isSelfClosing: boolean;
}

// Elements whose content has no tags (HTML standard, "raw text" and "escapable raw text" elements).
const rawTextNames = new Set(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"]);

/**
 * Finds tags whose name starts with a prefix, by the tokenization rules of the HTML standard: it skips comments, raw text and
 * quoted attribute values. Reads each character once and copies nothing.
 */
export class TagScanner {
  readonly #html: string;
  readonly #prefix: string;
  // Most tags have double quotes right after "=" and nowhere else. Skipping those by regular expression is three times as fast.
  readonly #commonTag = /(?:[^"'>=]*[^"'>=\s/]="[^"]*")*[^"'>=]*>/y;
  #position = 0;
  #isSelfClosing = false;

  constructor(html: string, prefix: string) {
    this.#html = html;
    this.#prefix = prefix;
  }

  /** Returns the next tag with the prefix, or null. Ignores a tag that is cut off by the end of the source. */
  next(): Tag | null {
    const html = this.#html;
    for (;;) {
      const start = html.indexOf("<", this.#position);
      if (start === -1) return null;
      const tag = this.#readMarkup(start);
      if (tag === "cut off") return null;
      if (tag) return tag;
    }
  }

  #readMarkup(start: number): Tag | null | "cut off" {
    const html = this.#html;
    const isEnd = html.charCodeAt(start + 1) === slash;
    const nameStart = isEnd ? start + 2 : start + 1;
    if (!isLetter(html.charCodeAt(nameStart))) {
      this.#position = afterDeclaration(html, start);
      return null;
    }
    const nameEnd = endOfName(html, nameStart);
    const isWanted = html.startsWith(this.#prefix, nameStart);
    const end = isWanted ? this.#endOfTag(nameEnd) : this.#endOfOtherTag(nameEnd);
    if (end === -1) return "cut off";
    this.#position = end;
    if (isWanted) {
      const name = html.slice(nameStart, nameEnd).toLowerCase();
      return { kind: isEnd ? "end" : "start", name, start, end, isSelfClosing: this.#isSelfClosing };
    }
    if (!isEnd && mayBeRawText(html.charCodeAt(nameStart)))
      this.#skipRawText(html.slice(nameStart, nameEnd).toLowerCase());
    return null;
  }

  #endOfOtherTag(from: number): number {
    this.#commonTag.lastIndex = from;
    return this.#commonTag.test(this.#html) ? this.#commonTag.lastIndex : this.#endOfTag(from);
  }

  #endOfTag(from: number): number {
    const end = scanAttributes(this.#html, from);
    // A slash at the end of an unquoted value doesn't close the tag. The sign tells the two apart.
    this.#isSelfClosing = end < 0;
    return end === cutOff ? -1 : Math.abs(end);
  }

  #skipRawText(name: string): void {
    if (name === "plaintext") this.#position = this.#html.length;
    if (name === "script") this.#position = endOfScript(this.#html, this.#position);
    else if (rawTextNames.has(name)) this.#position = endOfRawText(this.#html, name, this.#position);
  }
}

/** Reads a start tag's attributes: names in lower case, references resolved. As in browsers, the first duplicate wins. */
export function readAttributes(html: string, tag: Tag): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = Object.create(null);
  scanAttributes(html, tag.start + 1 + tag.name.length, (name, value) => {
    const key = name.toLowerCase();
    if (!(key in attributes)) attributes[key] = resolveReferences(value);
  });
  return attributes;
}

const tab = 9;
const space = 32;
const doubleQuote = 34;
const singleQuote = 39;
const slash = 47;
const equals = 61;
const greater = 62;
const cutOff = 0;

type AttributeSink = (name: string, value: string) => void;

/** Returns the position after the tag's `>`: negative if the tag is self-closing, `cutOff` if the source ends first. */
function scanAttributes(html: string, from: number, sink?: AttributeSink): number {
  let at = from;
  for (;;) {
    while (isSpace(html.charCodeAt(at)) || html.charCodeAt(at) === slash) at++;
    if (at >= html.length) return cutOff;
    if (html.charCodeAt(at) === greater) return html.charCodeAt(at - 1) === slash && at > from ? -(at + 1) : at + 1;
    const nameStart = at++;
    while (at < html.length && !endsAttributeName(html.charCodeAt(at))) at++;
    const nameEnd = at;
    at = skipSpaces(html, at);
    if (html.charCodeAt(at) !== equals) {
      sink?.(html.slice(nameStart, nameEnd), "");
      continue;
    }
    const valueStart = skipSpaces(html, at + 1);
    const valueEnd = endOfValue(html, valueStart);
    if (valueEnd === -1) return cutOff;
    const isQuoted = isQuote(html.charCodeAt(valueStart));
    sink?.(
      html.slice(nameStart, nameEnd),
      isQuoted ? html.slice(valueStart + 1, valueEnd - 1) : html.slice(valueStart, valueEnd),
    );
    at = valueEnd;
    if (!isQuoted && html.charCodeAt(at) === greater) return at + 1;
  }
}

function endOfValue(html: string, start: number): number {
  const first = html.charCodeAt(start);
  if (isQuote(first)) {
    const closing = html.indexOf(first === doubleQuote ? '"' : "'", start + 1);
    return closing === -1 ? -1 : closing + 1;
  }
  let at = start;
  while (at < html.length && !isSpace(html.charCodeAt(at)) && html.charCodeAt(at) !== greater) at++;
  return at >= html.length ? -1 : at;
}

function endOfName(html: string, start: number): number {
  let at = start;
  while (at < html.length) {
    const code = html.charCodeAt(at);
    if (isSpace(code) || code === slash || code === greater) break;
    at++;
  }
  return at;
}

/** Returns the position after the comment, doctype or processing instruction that starts here, or after a plain `<`. */
function afterDeclaration(html: string, start: number): number {
  const next = html[start + 1];
  if (html.startsWith("<!--", start)) return endOfComment(html, start + 4);
  if (next !== "!" && next !== "?" && next !== "/") return start + 1;
  if (next === "/" && start + 2 >= html.length) return html.length;
  const end = html.indexOf(">", start + 2);
  return end === -1 ? html.length : end + 1;
}

/** Comments end with `-->` or `--!>`. `<!-->` and `<!--->` are empty comments. */
function endOfComment(html: string, from: number): number {
  if (html.startsWith(">", from)) return from + 1;
  if (html.startsWith("->", from)) return from + 2;
  const end = /--!?>/g;
  end.lastIndex = from;
  return end.test(html) ? end.lastIndex : html.length;
}

function endOfRawText(html: string, name: string, from: number): number {
  for (let at = html.indexOf("</", from); at !== -1; at = html.indexOf("</", at + 2)) {
    if (isNamed(html, at + 2, name)) return at;
  }
  return html.length;
}

/** Scripts end with `</script`, except in a `<script` … `</script` pair inside `<!--` … `-->` (HTML standard, "double escaped"). */
function endOfScript(html: string, from: number): number {
  const step = /<!--|-->|<\/?script(?=[\t\n\f\r />])/gi;
  step.lastIndex = from;
  let isEscaped = false;
  let isDoubleEscaped = false;
  for (let found = step.exec(html); found; found = step.exec(html)) {
    const text = found[0].toLowerCase();
    if (text === "<!--") {
      // "<!-->" and "<!--->" open and close the comment: the dashes count for both.
      isEscaped = true;
      step.lastIndex -= 2;
    } else if (text === "-->") isEscaped = isDoubleEscaped = false;
    else if (text === "<script") isDoubleEscaped = isEscaped;
    else if (isDoubleEscaped) isDoubleEscaped = false;
    else return found.index;
  }
  return html.length;
}

function isNamed(html: string, start: number, name: string): boolean {
  if (html.slice(start, start + name.length).toLowerCase() !== name) return false;
  const code = html.charCodeAt(start + name.length);
  return isSpace(code) || code === slash || code === greater;
}

function mayBeRawText(first: number): boolean {
  // The first letters of the raw text elements: e(none) i n p s t x, in either case.
  const lower = first | 32;
  return lower === 115 || lower === 116 || lower === 110 || lower === 105 || lower === 120 || lower === 112;
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

function isSpace(code: number): boolean {
  return code === space || (code >= tab && code <= 13 && code !== 11);
}

function isQuote(code: number): boolean {
  return code === doubleQuote || code === singleQuote;
}

function endsAttributeName(code: number): boolean {
  return isSpace(code) || code === slash || code === greater || code === equals;
}

function skipSpaces(html: string, from: number): number {
  let at = from;
  while (isSpace(html.charCodeAt(at))) at++;
  return at;
}

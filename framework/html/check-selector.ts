import { selectorImpossible } from "./errors.ts";

/**
 * Refuses a target that no browser can look up, as the page would leave the fragment out. Throws `HTML_SELECTOR_IMPOSSIBLE`.
 * What browsers may learn later is let through where it can be told apart from a mistake.
 */
export function checkSelector(selector: string): string {
  if (!isPlainId.test(selector) && !new SelectorReader(selector).isList()) throw selectorImpossible({ selector });
  return selector;
}

const isPlainId = /^#[a-z_][\w-]*$/i;
const escaped = "\\\\(?:[0-9a-f]{1,6}\\s?|[^\\n\\r\\f0-9a-f])";
const letter = `(?:[a-z_\\u{80}-\\u{10ffff}]|${escaped})`;
const identifier = `(?:--|-?${letter})(?:[\\w-]|${letter})*`;
const text = `"(?:[^"\\\\\\n]|\\\\[^])*"|'(?:[^'\\\\\\n]|\\\\[^])*'`;

const tokens = {
  space: /\s+/uy,
  comma: /\s*,\s*/uy,
  combinator: /\s*(?:\|\||[>+~])\s*|\s+/uy,
  type: new RegExp(`(?:\\*?\\|)?(?:${identifier}|\\*)|&`, "iuy"),
  subclass: new RegExp(`[#.]${identifier}`, "iuy"),
  attribute: new RegExp(
    `\\[\\s*(?:\\*?\\|)?${identifier}\\s*(?:[~|^$*]?=\\s*(?:${identifier}|${text})\\s*[is]?\\s*)?\\]`,
    "iuy",
  ),
  pseudo: new RegExp(`:(${identifier})`, "iuy"),
  open: /\(\s*/uy,
  close: /\s*\)/uy,
  position: /(?:odd|even|[+-]?\d*n(?:\s*[+-]\s*\d+)?|[+-]?\d+)(?:\s+of\s+)?/iuy,
  argument: new RegExp(`(?:[^()"'\\\\]|${text}|${escaped}|\\((?:[^()"'\\\\]|${text}|${escaped})*\\))+`, "iuy"),
} as const;

const states = new Set(
  (
    "active any-link autofill blank buffering checked current default defined disabled empty enabled first-child first-of-type focus " +
    "focus-visible focus-within fullscreen future host hover in-range indeterminate invalid last-child last-of-type link local-link " +
    "modal muted only-child only-of-type open optional out-of-range past paused picture-in-picture placeholder-shown playing " +
    "popover-open read-only read-write required root scope seeking stalled target target-within user-invalid user-valid valid visited " +
    "volume-locked"
  ).split(" "),
);

/** Reads a list of selectors as CSS and htmx know them. */
class SelectorReader {
  readonly #source: string;
  #at = 0;

  constructor(selector: string) {
    // htmx also takes selectors in the form `next <li/>`.
    this.#source = selector.trim().replace(/<([^<>]+)\/>/g, "$1");
  }

  isList(): boolean {
    return this.#list() && this.#at === this.#source.length;
  }

  #list(isRelative = false): boolean {
    do {
      if (isRelative) this.#read("combinator");
      if (!this.#complex()) return false;
    } while (this.#read("comma") !== null);
    return true;
  }

  #complex(): boolean {
    if (!this.#compound()) return false;
    for (;;) {
      const before = this.#at;
      if (this.#read("combinator") === null) return true;
      if (this.#isAtEnd()) {
        // Spaces before a comma or a parenthesis.
        const isSpace = this.#source.slice(before, this.#at).trim() === "";
        this.#at = before;
        return isSpace;
      }
      if (!this.#compound()) return false;
    }
  }

  #isAtEnd(): boolean {
    return this.#at === this.#source.length || ",)".includes(this.#source.charAt(this.#at));
  }

  #compound(): boolean {
    const start = this.#at;
    this.#read("type");
    while (this.#read("subclass") !== null || this.#read("attribute") !== null || this.#pseudo());
    return this.#at > start;
  }

  #pseudo(): boolean {
    const start = this.#at;
    const name = this.#read("pseudo")?.slice(1).toLowerCase();
    if (name === undefined) return false;
    const isKnown =
      this.#read("open") === null
        ? states.has(name) || name.startsWith("-")
        : this.#arguments(name) && this.#read("close") !== null;
    if (!isKnown) this.#at = start;
    return isKnown;
  }

  #arguments(name: string): boolean {
    if (name === "not") return this.#list();
    if (name === "has") return this.#list(true);
    if (name.startsWith("nth-")) {
      const position = this.#read("position");
      return position !== null && (!/of\s+$/i.test(position) || this.#list());
    }
    // These ignore what they can't read, so anything may be inside.
    const isForgiving = ["is", "where"].includes(name);
    return this.#read("argument") !== null || isForgiving;
  }

  #read(kind: keyof typeof tokens): string | null {
    const pattern = tokens[kind];
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }
}

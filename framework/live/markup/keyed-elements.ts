/** An element with an id, and those within it. Positions are offsets into the markup. */
export interface KeyedElement {
  readonly id: string;
  readonly start: number;
  /** After its start tag. */
  readonly open: number;
  /** Before its end tag. */
  readonly close: number;
  readonly end: number;
  /** Where the element begins that it is directly in; -1 for none. */
  readonly parent: number;
  readonly children: readonly KeyedElement[];
}

const markup = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g;
const voidNames = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const rawNames = new Set([
  "script",
  "style",
  "textarea",
  "title",
  "xmp",
  "iframe",
  "noembed",
  "noframes",
  "template",
  "svg",
]);

/** Markup, and the elements with ids in it, for which it is searched once, although it is compared with what was before and with what comes after. */
export class Markup {
  readonly html: string;
  #elements: readonly KeyedElement[] | null | undefined;

  constructor(html: string) {
    this.html = html;
  }

  /** As `findKeyedElements` returns them. */
  get elements(): readonly KeyedElement[] | null {
    if (this.#elements === undefined) this.#elements = findKeyedElements(this.html);
    return this.#elements;
  }
}

interface OpenElement {
  readonly name: string;
  readonly id: string | undefined;
  readonly start: number;
  readonly open: number;
  readonly children: KeyedElement[];
}

/**
 * The elements with ids in some markup, as a tree. Null if it can't be told for sure where they end, or if an id is there twice: an element
 * isn't closed, or closed twice. What is inside of pictures, templates and text fields isn't looked into.
 */
export function findKeyedElements(html: string): readonly KeyedElement[] | null {
  const roots: KeyedElement[] = [];
  const stack: OpenElement[] = [];
  const ids = new Set<string>();
  markup.lastIndex = 0;
  for (let found = markup.exec(html); found; found = markup.exec(html)) {
    const [text, slash, given, attributes = ""] = found;
    if (given === undefined) continue;
    const name = given.toLowerCase();
    const end = found.index + text.length;
    if (slash) {
      const element = stack.pop();
      if (element?.name !== name) return null;
      if (element.id !== undefined) {
        const { id, start, open, children } = element;
        siblingsIn(stack, roots).push({ id, start, open, close: found.index, end, parent: parentIn(stack), children });
      }
      continue;
    }
    const id = idIn(attributes);
    if (id !== undefined && ids.has(id)) return null;
    if (id !== undefined) ids.add(id);
    if (voidNames.has(name)) {
      const place = { start: found.index, open: end, close: end, end, parent: parentIn(stack) };
      if (id !== undefined) siblingsIn(stack, roots).push({ id, ...place, children: [] });
      continue;
    }
    const isKeyed = id !== undefined;
    stack.push({ name, id, start: found.index, open: end, children: isKeyed ? [] : siblingsIn(stack, roots) });
    if (!rawNames.has(name)) continue;
    const close = endOfRaw(html, name, end);
    if (close === -1) return null;
    markup.lastIndex = close;
  }
  return stack.length === 0 ? roots : null;
}

function siblingsIn(stack: readonly OpenElement[], roots: KeyedElement[]): KeyedElement[] {
  return stack.at(-1)?.children ?? roots;
}

function parentIn(stack: readonly OpenElement[]): number {
  return stack.at(-1)?.start ?? -1;
}

/** Ids that need no escaping anywhere; others are as good as none. */
function idIn(attributes: string): string | undefined {
  return /(?:^|\s)id="([A-Za-z][\w-]*)"/.exec(attributes)?.[1];
}

/** Where the end tag begins; pictures and templates may be nested. */
function endOfRaw(html: string, name: string, from: number): number {
  const tags = new RegExp(`<(/?)${name}(?=[\\s/>])`, "gi");
  tags.lastIndex = from;
  const nests = name === "svg" || name === "template";
  let depth = 1;
  for (let tag = tags.exec(html); tag; tag = tags.exec(html)) {
    if (tag[1]) depth -= 1;
    else if (nests) depth += 1;
    if (depth === 0) return tag.index;
  }
  return -1;
}

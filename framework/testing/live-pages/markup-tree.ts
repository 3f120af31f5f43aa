/** An element as it was written. */
export interface MarkupElement {
  readonly tag: string;
  readonly id: string | undefined;
  start: string;
  readonly end: string;
  children: (MarkupElement | string)[];
  parent: MarkupElement | null;
}

const voidTags = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const textTags = new Set(["textarea", "title", "script", "style"]);
const token = /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^"'>])*)>|<!--[\s\S]*?-->/g;

/** Reads markup that is complete: a browser guesses where tags are missing, this throws. */
export function parseMarkup(html: string): MarkupElement {
  const root: MarkupElement = { tag: "", id: undefined, start: "", end: "", children: [], parent: null };
  let open = root;
  let at = 0;
  const takeText = (until: number) => {
    const text = html.slice(at, until);
    if (/<(?!!--)/.test(text)) throw new SyntaxError(`"<" in the text ${JSON.stringify(text)}`);
    if (text !== "") open.children.push(text);
  };
  token.lastIndex = 0;
  for (let found = token.exec(html); found; found = token.exec(html)) {
    const [start, slash, tag, attributes = ""] = found;
    if (tag === undefined) continue;
    takeText(found.index);
    at = token.lastIndex;
    if (slash) {
      if (open.tag !== tag || !open.parent) throw new SyntaxError(`</${tag}> closes <${open.tag}>: ${html}`);
      open = open.parent;
      continue;
    }
    const isVoid = voidTags.has(tag);
    const id = /\sid="([^"]*)"/.exec(attributes)?.[1];
    const element: MarkupElement = { tag, id, start, end: isVoid ? "" : `</${tag}>`, children: [], parent: open };
    open.children.push(element);
    if (isVoid) continue;
    open = element;
    if (textTags.has(tag)) {
      const close = html.indexOf(`</${tag}>`, at);
      if (close === -1) throw new SyntaxError(`<${tag}> isn't closed: ${html}`);
      if (close > at) element.children.push(html.slice(at, close));
      at = close;
      token.lastIndex = close;
    }
  }
  takeText(html.length);
  if (open !== root) throw new SyntaxError(`<${open.tag}> isn't closed: ${html}`);
  return root;
}

/** All elements below this one, in the order of the document. */
export function* elementsIn(element: MarkupElement): Generator<MarkupElement> {
  for (const child of element.children) {
    if (typeof child === "string") continue;
    yield child;
    yield* elementsIn(child);
  }
}

/** The markup again. Browsers show any white space between elements as one space, and none at the edges. */
export function formatMarkup(element: MarkupElement): string {
  let content = "";
  let gap = "";
  for (const child of element.children) {
    if (typeof child === "string" && child.trim() === "" && !textTags.has(element.tag)) {
      gap = content === "" ? "" : " ";
      continue;
    }
    content += gap + (typeof child === "string" ? child : formatMarkup(child));
    gap = "";
  }
  return element.start + content + element.end;
}

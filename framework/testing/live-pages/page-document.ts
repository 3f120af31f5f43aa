import { elementsIn, formatMarkup, type MarkupElement, parseMarkup } from "./markup-tree.ts";

interface Task {
  readonly swap: string;
  readonly target: MarkupElement;
  readonly content: readonly (MarkupElement | string)[];
}

/**
 * What a page shows, changed by messages as htmx and `fragments.js` change it: all targets are looked up before anything is changed, what
 * has no target is left out, and what is added next to an element with its id is an update of that element.
 */
export class PageDocument {
  readonly #root: MarkupElement;

  constructor(html: string) {
    this.#root = parseMarkup(html);
  }

  /** What the page tells its stream about its regions. */
  get regions(): readonly string[] {
    return [...elementsIn(this.#root)].flatMap(({ start }) => {
      const [, token, at] = /data-live="([^"]+)" data-live-at="([^"]+)"/.exec(start) ?? [];
      return token === undefined ? [] : [`${token}~${at}`];
    });
  }

  /** Without what only the framework writes: up to where the page has the changes. */
  format(): string {
    return formatMarkup(this.#root).replace(/ data-live-at="[^"]*"/g, "");
  }

  /** Takes the event `bk:region`. */
  place(data: string): void {
    const [id = "", at = ""] = data.split(" ");
    const region = this.#find(`#${id}`);
    if (region) region.start = region.start.replace(/data-live-at="[^"]*"/, `data-live-at="${at}"`);
  }

  /** Takes a message. */
  apply(message: string): void {
    const tasks = parseMarkup(message).children.flatMap((partial) => this.#readTask(partial));
    const updates: Task[] = [];
    const own = tasks.map((task) => this.#takeKnown(task, updates));
    for (const task of [...own, ...updates]) perform(task);
  }

  #readTask(partial: MarkupElement | string): readonly Task[] {
    if (typeof partial === "string" || partial.tag !== "hx-partial")
      throw new SyntaxError(`not a partial: ${typeof partial === "string" ? partial : partial.start}`);
    const [, selector = "", swap = ""] = /hx-target="([^"]+)" hx-swap="([^"]+)"/.exec(partial.start) ?? [];
    const target = this.#find(selector);
    return target ? [{ swap, target, content: partial.children }] : [];
  }

  /** Throws if there are several: htmx would change them all. */
  #find(selector: string): MarkupElement | undefined {
    let found = [this.#root];
    for (const part of selector.split(" ")) {
      found = found.flatMap((element) => [...elementsIn(element)].filter(({ id }) => `#${id}` === part));
    }
    if (found.length > 1) throw new RangeError(`${found.length} elements are ${selector}: ${this.format()}`);
    return found[0];
  }

  /** Leaves out of what is added what is there already, and updates it in the end. */
  #takeKnown(task: Task, updates: Task[]): Task {
    if (task.swap !== "afterend" && task.swap !== "beforebegin") return task;
    const siblings = task.target.parent?.children ?? [];
    const content = task.content.filter((added) => {
      if (typeof added === "string" || added.id === undefined) return true;
      const known = siblings.find((sibling) => typeof sibling !== "string" && sibling.id === added.id);
      if (known === undefined || typeof known === "string") return true;
      updates.push({ swap: "outerMorph", target: known, content: [added] });
      return false;
    });
    return { ...task, content };
  }
}

function perform({ swap, target, content }: Task): void {
  if (swap === "innerMorph") fill(target, content);
  else if (swap === "delete") replace(target, []);
  else if (swap === "afterend") replace(target, [target, ...content]);
  else if (swap === "beforebegin") replace(target, [...content, target]);
  else if (swap === "outerMorph") morph(target, content);
  else throw new RangeError(`${swap} of ${target.start}`);
}

/** An element with another tag is another one, and what goes next to the old one afterwards goes nowhere. */
function morph(target: MarkupElement, content: Task["content"]): void {
  const [next] = content;
  if (!next || typeof next === "string" || content.length > 1 || next.id !== target.id)
    throw new RangeError(`${target.start} becomes ${content.length} nodes`);
  if (next.tag !== target.tag) {
    replace(target, [next]);
    return;
  }
  target.start = next.start;
  fill(target, next.children);
}

function fill(target: MarkupElement, content: Task["content"]): void {
  for (const child of target.children) if (typeof child !== "string") child.parent = null;
  target.children = [...content];
  for (const child of content) if (typeof child !== "string") child.parent = target;
}

function replace(target: MarkupElement, content: Task["content"]): void {
  const { parent } = target;
  if (!parent) return;
  const at = parent.children.indexOf(target);
  target.parent = null;
  parent.children.splice(at, 1, ...content);
  for (const child of content) if (typeof child !== "string") child.parent = parent;
}

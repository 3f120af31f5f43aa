import { KitError } from "../framework/base/index.ts";
import { raw, renderHtml } from "../framework/html/index.ts";
import type { ComponentRenderer } from "./component.ts";
import { nestedTooDeep, renderFailed } from "./errors.ts";
import { readAttributes, type Tag, TagScanner } from "./tag-scanner.ts";

export interface ExpandSettings {
  readonly find: (name: string) => ComponentRenderer | undefined;
  /** Whether to mark where components start and end with comments. */
  readonly isMarked: boolean;
}

const maxDepth = 50;

/** Replaces the tags that `find` knows with what their components render. Everything else stays byte for byte. */
export function expandTags(html: string, settings: ExpandSettings, depth = 0): string | Promise<string> {
  if (!html.includes("<bk-")) return html;
  return new Expansion(html, settings, depth).run();
}

type Rendered = string | Promise<string>;

/** An element that is still open at this point, and its content so far. */
interface Frame {
  readonly name: string;
  readonly tag: Tag | null;
  readonly parts: Rendered[];
  /** Contents of named slots. Empty in the frame of a slot. */
  readonly slots: Map<string, Rendered[]>;
}

class Expansion {
  readonly #html: string;
  readonly #settings: ExpandSettings;
  readonly #depth: number;
  readonly #root: Frame = openFrame("", null);
  readonly #open: Frame[] = [this.#root];
  #copied = 0;

  constructor(html: string, settings: ExpandSettings, depth: number) {
    this.#html = html;
    this.#settings = settings;
    this.#depth = depth;
  }

  run(): string | Promise<string> {
    const scanner = new TagScanner(this.#html, "bk-");
    // Nothing after the last bk- tag needs to be scanned.
    const last = Math.max(this.#html.lastIndexOf("<bk-"), this.#html.lastIndexOf("</bk-"));
    for (let tag = scanner.next(); tag; tag = tag.end > last ? null : scanner.next()) this.#visit(tag);
    this.#copyUpTo(this.#html.length);
    while (this.#open.length > 1) this.#giveUp();
    return join(this.#root.parts);
  }

  #visit(tag: Tag): void {
    if (tag.kind === "end") this.#close(tag);
    else this.#enter(tag);
  }

  #enter(tag: Tag): void {
    const isSlot = tag.name === "bk-slot" && this.#open.some((frame) => frame.name !== "" && frame.name !== "bk-slot");
    if (!isSlot && !this.#settings.find(tag.name)) return;
    this.#copyUpTo(tag.start);
    this.#copied = tag.end;
    this.#open.push(openFrame(tag.name, tag));
    if (tag.isSelfClosing) this.#finish();
  }

  #close(tag: Tag): void {
    const isOpen = this.#open.some((frame) => frame.name === tag.name);
    if (!isOpen) return;
    this.#copyUpTo(tag.start);
    this.#copied = tag.end;
    while (this.#top().name !== tag.name) this.#giveUp();
    this.#finish();
  }

  /** Closes the innermost element: hands a slot's content to its component, or renders the component. */
  #finish(): void {
    const frame = this.#open.pop();
    if (!frame?.tag) return;
    const attributes = readAttributes(this.#html, frame.tag);
    if (frame.name !== "bk-slot") {
      this.#top().parts.push(this.#render(frame, attributes));
      return;
    }
    const owner = this.#open.findLast((candidate) => candidate.name !== "bk-slot") ?? this.#root;
    const name = attributes.name ?? "";
    if (name === "") owner.parts.push(...frame.parts);
    else owner.slots.set(name, [...(owner.slots.get(name) ?? []), ...frame.parts]);
  }

  /** Gives up on the innermost element, which was never closed: its tag and content stay as they were written. */
  #giveUp(): void {
    const frame = this.#open.pop();
    if (!frame?.tag) return;
    this.#top().parts.push(this.#html.slice(frame.tag.start, frame.tag.end), ...frame.parts);
  }

  #render(frame: Frame, attributes: Readonly<Record<string, string>>): Rendered {
    const children = join(frame.parts);
    const slots = [...frame.slots].map(([name, parts]) => [name, join(parts)] as const);
    const isReady = typeof children === "string" && slots.every(([, content]) => typeof content === "string");
    if (isReady) return this.#call(frame.name, attributes, { children, slots: new Map(slots as [string, string][]) });
    return Promise.all([children, ...slots.map(([, content]) => content)]).then(([text = "", ...contents]) => {
      const ready = new Map(slots.map(([name], index) => [name, contents[index] ?? ""]));
      return this.#call(frame.name, attributes, { children: text, slots: ready });
    });
  }

  #call(name: string, attributes: Readonly<Record<string, string>>, content: Content): Rendered {
    if (this.#depth >= maxDepth) throw nestedTooDeep({ name, maxDepth });
    const renderer = this.#settings.find(name);
    const input = {
      attributes,
      children: markup(content.children),
      slot: (slotName: string) => markup(content.slots.get(slotName) ?? ""),
    };
    const rendered = attempt(name, () => (renderer ? renderHtml(renderer(input)) : ""));
    const mark = (html: string) => (this.#settings.isMarked ? `<!-- ${name} -->${html}<!-- /${name} -->` : html);
    const nested = after(rendered, (html) => expandTags(html, this.#settings, this.#depth + 1));
    return after(nested, mark);
  }

  #copyUpTo(end: number): void {
    if (end > this.#copied) this.#top().parts.push(this.#html.slice(this.#copied, end));
    this.#copied = end;
  }

  #top(): Frame {
    return this.#open.at(-1) ?? this.#root;
  }
}

interface Content {
  readonly children: string;
  readonly slots: ReadonlyMap<string, string>;
}

function openFrame(name: string, tag: Tag | null): Frame {
  return { name, tag, parts: [], slots: new Map() };
}

function markup(html: string) {
  return html.trim() === "" ? null : raw(html);
}

function join(parts: readonly Rendered[]): Rendered {
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  return Promise.all(parts).then((texts) => texts.join(""));
}

function after(value: Rendered, step: (text: string) => Rendered): Rendered {
  return typeof value === "string" ? step(value) : value.then(step);
}

function attempt(name: string, render: () => Rendered): Rendered {
  const fail = (cause: unknown): never => {
    throw cause instanceof KitError ? cause : renderFailed({ name, cause });
  };
  try {
    const rendered = render();
    return typeof rendered === "string" ? rendered : rendered.catch(fail);
  } catch (cause) {
    return fail(cause);
  }
}

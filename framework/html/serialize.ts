import { type JSXNode, jsx } from "hono/jsx";
import { escapeToBuffer, type HtmlEscapedString, resolveCallbackSync } from "hono/utils/html";
import { MarkupOutput } from "./markup-output.ts";
import { writeAttributes } from "./write-attributes.ts";

/**
 * Serialises a tree of hono/jsx: the same output as its own serialiser, save that unsafe addresses are refused in URL attributes,
 * and somewhat cheaper (no closure and no key list per element). Context, async components, Suspense and the placing of `<title>`
 * stay hono's. Call it within a rendering component: see `renderHtml`.
 */
export function serialize(node: unknown): HtmlEscapedString | Promise<HtmlEscapedString> {
  const output = new MarkupOutput();
  writeChild(node, output);
  return output.finish();
}

// hono/jsx exports its node class as a type only.
const elementClass = jsx("i", {}).constructor;

function isNode(value: unknown): value is JSXNode {
  return value instanceof elementClass;
}

function writeChild(child: unknown, output: MarkupOutput): void {
  if (typeof child === "string") escapeToBuffer(child, output.text);
  else if (child === null || child === undefined || typeof child === "boolean") return;
  else if (typeof child === "number" || typeof child === "bigint") output.text[0] += child;
  else if (Array.isArray(child)) for (const item of child) writeChild(item, output);
  else if (isNode(child)) writeNode(child, output);
  else if (child instanceof Promise) output.addLater(resumed(child));
  else if (isMarkup(child)) output.addMarkup(child);
  else escapeToBuffer(String(child), output.text);
}

function writeNode(node: JSXNode, output: MarkupOutput): void {
  const { tag } = node;
  if (typeof tag === "function") writeComponent(node, tag, output);
  else if (tag === "") writeChild(node.children, output);
  // Attribute names within SVG follow rules of their own, which hono knows.
  else if (tag === "svg") writeLater(node.toString(), output);
  else writeElement(node, tag, output);
}

const voidTags = new Set("area base br col embed hr img input keygen link meta param source track wbr".split(" "));

function writeElement(node: JSXNode, tag: string, output: MarkupOutput): void {
  const { props, children } = node;
  output.text[0] += `<${tag}`;
  writeAttributes(tag, props, output);
  if (voidTags.has(tag) && children.length === 0) {
    output.text[0] += "/>";
    return;
  }
  output.text[0] += ">";
  const inner: unknown = props.dangerouslySetInnerHTML;
  if (isInnerHtml(inner)) output.text[0] += String(inner.__html);
  else for (const child of children) writeChild(child, output);
  output.text[0] += `</${tag}>`;
}

type Component = (props: Record<string, unknown>) => unknown;

function writeComponent(node: JSXNode, tag: unknown, output: MarkupOutput): void {
  const { children } = node;
  const props: Record<string, unknown> = { ...node.props };
  if (children.length > 0) props.children = children.length === 1 ? children[0] : children;
  // A context's provider renders its children itself, within its value: it gets them wrapped, so that they come back to us.
  if (isProvider(tag)) props.children = wrap(children);
  // Checked by writeNode: the tag of this node is a function.
  const result = (tag as Component)(props);
  if (result instanceof Promise) output.addLater(resumed(result));
  else writeChild(result, output);
}

/** Markup whose text is made when hono asks for it. */
function wrap(children: unknown): { readonly isEscaped: true; toString(): string } {
  const render = () => {
    const made = serialize(children);
    // hono's providers accept a promise, as its own nodes give one; the declared type knows strings only. Of a text they keep
    // nothing but the characters, so what it still wants to do with the document is done here.
    return made instanceof Promise ? (made as unknown as string) : resolveCallbackSync(made);
  };
  return { isEscaped: true, toString: render };
}

/** What a promise resolves to, rendered in the context that holds where it stands. */
function resumed(promise: Promise<unknown>): Promise<string> {
  // A component's promise makes hono keep the context for the rendering of its result.
  const Resumed = () => promise.then((result) => jsx(() => serialize(result), {}));
  return Promise.resolve(jsx(Resumed, {}).toString());
}

function writeLater(part: unknown, output: MarkupOutput): void {
  if (part instanceof Promise) output.addLater(part);
  else output.addMarkup(part);
}

function isMarkup(value: unknown): boolean {
  return typeof value === "object" && value !== null && "isEscaped" in value && value.isEscaped === true;
}

function isInnerHtml(value: unknown): value is { readonly __html: unknown } {
  return typeof value === "object" && value !== null && "__html" in value;
}

function isProvider(tag: unknown): boolean {
  return typeof tag === "function" && "Provider" in tag && tag.Provider === tag;
}

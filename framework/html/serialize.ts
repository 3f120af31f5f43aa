import { type JSXNode, jsx } from "hono/jsx";
import { escapeToBuffer, type HtmlEscapedString, resolveCallbackSync } from "hono/utils/html";
import { MarkupOutput, type MarkupPlace } from "./markup-output.ts";
import { noSchemes } from "./safe-url.ts";
import { checkProps, writeAttributes } from "./write-attributes.ts";

/**
 * Serializes a hono/jsx tree. The output is the same as that of hono's own serializer, except that URL attributes refuse unsafe URLs, and
 * it is somewhat faster (no closure and no key list per element). Context, async components, Suspense and hoisting of `<title>` are
 * still hono's. Call it inside a rendering component; see `renderHtml`.
 */
export function serialize(node: unknown, place: MarkupPlace = page): HtmlEscapedString | Promise<HtmlEscapedString> {
  const output = new MarkupOutput(place);
  writeChild(node, output);
  return output.finish();
}

const page: MarkupPlace = { isSvg: false, schemes: noSchemes };

// hono/jsx exports its node class as a type only.
const elementClass = jsx("i", {}).constructor;

/** Elements that hono moves to the head. It makes components of them, and writes them itself. */
const headElements = new Map(["link", "meta", "script", "style"].map((tag) => [(jsx(tag, {}) as JSXNode).tag, tag]));

function isNode(value: unknown): value is JSXNode {
  return value instanceof elementClass;
}

function writeChild(child: unknown, output: MarkupOutput): void {
  if (typeof child === "string") escapeToBuffer(child, output.text);
  else if (child === null || child === undefined || typeof child === "boolean") return;
  else if (typeof child === "number" || typeof child === "bigint") output.text[0] += child;
  else if (Array.isArray(child)) for (const item of child) writeChild(item, output);
  else if (isNode(child)) writeNode(child, output);
  else if (child instanceof Promise) output.addLater(resumed(child, output.place));
  else if (isMarkup(child)) output.addMarkup(child);
  else escapeToBuffer(String(child), output.text);
}

function writeNode(node: JSXNode, output: MarkupOutput): void {
  const { tag } = node;
  if (typeof tag === "function") writeComponent(node, tag, output);
  else if (tag === "") writeChild(node.children, output);
  else if (tag === "svg") writePicture(node, tag, output);
  else writeElement(node, tag, output);
}

function writePicture(node: JSXNode, tag: string, output: MarkupOutput): void {
  const before = output.place;
  output.place = { ...before, isSvg: true };
  writeElement(node, tag, output);
  output.place = before;
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
  const headElement = headElements.get(node.tag);
  const props = headElement === undefined ? { ...node.props } : checkProps(headElement, node.props, output.place);
  if (children.length > 0) props.children = children.length === 1 ? children[0] : children;
  // A context provider renders its children itself. They are wrapped, so that they come back to us.
  if (isProvider(tag)) props.children = wrap(children, output.place);
  // writeNode has checked that the tag is a function.
  const result = (tag as Component)(props);
  if (result instanceof Promise) output.addLater(resumed(result, output.place));
  else writeChild(result, output);
}

/** Markup that is rendered when hono converts it to a string. */
function wrap(children: unknown, place: MarkupPlace): { readonly isEscaped: true; toString(): string } {
  const render = () => {
    const made = serialize(children, place);
    // hono's providers accept a promise, which its own nodes return too, although the type allows only strings. From a string they keep
    // only the characters, so its callbacks run here.
    return made instanceof Promise ? (made as unknown as string) : resolveCallbackSync(made);
  };
  return { isEscaped: true, toString: render };
}

/** The result of a promise, rendered in the context at its place in the tree. */
function resumed(promise: Promise<unknown>, place: MarkupPlace): Promise<string> {
  // For the promise of a component, hono keeps the context until its result is rendered.
  const Resumed = () => promise.then((result) => jsx(() => serialize(result, place), {}));
  return Promise.resolve(jsx(Resumed, {}).toString());
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

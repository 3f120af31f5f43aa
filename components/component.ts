import type { Html } from "../framework/html/index.ts";

/** What a component gets from its tag. */
export interface ComponentInput {
  /** The tag's attributes, names in lower case, character references resolved: plain text, to be escaped again by JSX. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The markup between the tags without the named slots, its own components already expanded; null when it is blank. */
  readonly children: Html;
  /** The markup of `<bk-slot name="…">`, or null when the tag has none of that name. */
  slot(name: string): Html;
}

/** Renders a component's tag: a function from input to markup, which may be asynchronous. */
export type ComponentRenderer = (input: ComponentInput) => Html;

import type { Html } from "../framework/html/index.ts";

/** What a component receives from its tag. */
export interface ComponentInput {
  /** The tag's attributes as plain text: names in lower case, character references resolved. JSX escapes them again. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The markup between the tags, without named slots and with its components expanded. Null if blank. */
  readonly children: Html;
  /** The markup of `<bk-slot name="…">`, or null if there is none with that name. */
  slot(name: string): Html;
}

/** Renders a component's tag. May be asynchronous. */
export type ComponentRenderer = (input: ComponentInput) => Html;

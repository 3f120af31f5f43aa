import type { JSX } from "hono/jsx/jsx-runtime";
import type { HtmxAttributes } from "./htmx-attributes.ts";

type AriaName =
  | "activedescendant"
  | "atomic"
  | "autocomplete"
  | "braillelabel"
  | "brailleroledescription"
  | "busy"
  | "checked"
  | "colcount"
  | "colindex"
  | "colindextext"
  | "colspan"
  | "controls"
  | "current"
  | "describedby"
  | "description"
  | "details"
  | "disabled"
  | "errormessage"
  | "expanded"
  | "flowto"
  | "haspopup"
  | "hidden"
  | "invalid"
  | "keyshortcuts"
  | "label"
  | "labelledby"
  | "level"
  | "live"
  | "modal"
  | "multiline"
  | "multiselectable"
  | "orientation"
  | "owns"
  | "placeholder"
  | "posinset"
  | "pressed"
  | "readonly"
  | "relevant"
  | "required"
  | "roledescription"
  | "rowcount"
  | "rowindex"
  | "rowindextext"
  | "rowspan"
  | "selected"
  | "setsize"
  | "sort"
  | "valuemax"
  | "valuemin"
  | "valuenow"
  | "valuetext";

type AttributeValue = string | number | boolean | null | undefined;

/** Text, not booleans: `false` would leave the attribute out, and `true` would leave it empty. */
type AriaAttributes = { readonly [Name in AriaName as `aria-${Name}`]?: string | number };

/** Hono's elements allow any attribute, and event handlers that a server can't render. */
type Declared<Attributes> = {
  readonly [Name in keyof Attributes as string extends Name
    ? never
    : Name extends `on${string}` | "dangerouslySetInnerHTML"
      ? never
      : Name]: Attributes[Name];
};

/** The attributes of an HTML element, with those of htmx, `aria-*` and `data-*`, and nothing else. For the props of components. */
export type ElementAttributes<Tag extends keyof JSX.IntrinsicElements & string> = Declared<JSX.IntrinsicElements[Tag]> &
  HtmxAttributes &
  AriaAttributes & {
    readonly role?: string;
    readonly [data: `data-${string}`]: AttributeValue;
  };

/** The name of the prop is part of the type, so that the compiler's message shows it. */
interface UnknownProp<Name> {
  readonly unknownProp: Name;
}

/**
 * Makes a component refuse props that it doesn't know. TypeScript alone ignores unknown names with a hyphen, such as `hx-pots`:
 * `function Panel<Props extends PanelProps>(props: Strict<Props, PanelProps>)`.
 */
export type Strict<Props, Known> = Props & {
  readonly [Name in keyof Props]: Name extends keyof Known | "key" ? Props[Name] : UnknownProp<Name>;
};

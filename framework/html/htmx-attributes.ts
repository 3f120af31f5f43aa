import type { Html } from "./html.ts";

/** How htmx puts a fragment into its target. `outerMorph`, the framework's default, keeps focus, caret and input. */
export type SwapStyle =
  | "outerMorph"
  | "innerMorph"
  | "outerHTML"
  | "innerHTML"
  | "textContent"
  | "beforebegin"
  | "afterbegin"
  | "beforeend"
  | "afterend"
  | "delete"
  | "none";

/** A swap style, optionally with modifiers of htmx, such as `beforeend scroll:bottom`. */
export type Swap = SwapStyle | `${SwapStyle} ${string}`;

type Inheritable<Name extends string, Value> = {
  readonly [Key in Name | `${Name}:inherited` | `${Name}:append` | `${Name}:inherited:append`]?: Value;
};

type Verb = "hx-get" | "hx-post" | "hx-put" | "hx-patch" | "hx-delete";

/**
 * The attributes of htmx 4 and its `hx-sse` extension for all JSX elements. htmx 4 inherits explicitly: use `hx-target:inherited` for a
 * value that applies to descendants. `hx-on` is left out, because it needs `unsafe-eval`, which the policy doesn't allow.
 */
export interface HtmxAttributes
  extends Partial<Readonly<Record<Verb, string | undefined>>>,
    Inheritable<"hx-target", string>,
    Inheritable<"hx-swap", Swap>,
    Inheritable<"hx-headers", string>,
    Inheritable<"hx-vals", string>,
    Inheritable<"hx-include", string>,
    Inheritable<"hx-select", string>,
    Inheritable<"hx-confirm", string>,
    Inheritable<"hx-indicator", string>,
    Inheritable<"hx-disable", string>,
    Inheritable<"hx-sync", string>,
    Inheritable<"hx-config", string>,
    Inheritable<"hx-boost", "true" | "false">,
    Inheritable<"hx-push-url", string>,
    Inheritable<"hx-replace-url", string> {
  readonly "hx-trigger"?: string;
  readonly "hx-swap-oob"?: string;
  readonly "hx-encoding"?: "multipart/form-data";
  readonly "hx-validate"?: "true" | "false";
  readonly "hx-preserve"?: boolean | "true";
  readonly "hx-ignore"?: boolean | "true";
  readonly "hx-morph-skip"?: boolean | "true";
  readonly "hx-morph-skip-children"?: boolean | "true";
  readonly "hx-sse:connect"?: string;
  readonly "hx-sse:close"?: string;
}

declare module "hono/jsx" {
  namespace JSX {
    interface HTMLAttributes extends HtmxAttributes {}
    interface IntrinsicElements {
      "hx-partial": { id?: string; "hx-target"?: string; "hx-swap"?: Swap; children?: Html };
    }
  }
}

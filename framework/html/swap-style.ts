/** How htmx puts a fragment into its target. `outerMorph` keeps focus, caret and typed text and is the framework's default. */
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

/** A swap style, alone or followed by htmx's modifiers, for example `beforeend scroll:bottom`. */
export type Swap = SwapStyle | `${SwapStyle} ${string}`;

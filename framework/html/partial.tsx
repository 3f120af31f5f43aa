import { checkSelector } from "./check-selector.ts";
import type { Html } from "./html.ts";
import type { Swap } from "./htmx-attributes.ts";

export interface PartialProps {
  /** CSS selector. Updates all elements that match. Throws `HTML_SELECTOR_IMPOSSIBLE` if it can't be one. */
  readonly target: string;
  /** Default: `outerMorph`. */
  readonly swap?: Swap;
  readonly children?: Html;
}

/** A part of an htmx response or live message with a target of its own: htmx puts the children into `target`. */
export function Partial({ target, swap = "outerMorph", children }: PartialProps) {
  return (
    <hx-partial hx-target={checkSelector(target)} hx-swap={swap}>
      {children}
    </hx-partial>
  );
}

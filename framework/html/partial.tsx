import type { Html } from "./html.ts";
import type { Swap } from "./swap-style.ts";

export interface PartialProps {
  /** CSS selector; every element that matches is updated, none is an error. */
  readonly target: string;
  /** `outerMorph` unless given. */
  readonly swap?: Swap;
  readonly children?: Html;
}

/** One addressed piece of an htmx answer or of a live message: htmx puts the children into `target`, wherever the answer lands. */
export function Partial({ target, swap = "outerMorph", children }: PartialProps) {
  return (
    <hx-partial hx-target={target} hx-swap={swap}>
      {children}
    </hx-partial>
  );
}

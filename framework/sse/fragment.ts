import { type Html, Partial, raw, renderHtml, type Swap } from "../html/index.ts";
import { fragmentIsText } from "./errors.ts";

export interface FragmentPlace {
  /** CSS selector of the elements that the fragment goes to. Without it the fragment has to say so itself (`<Partial>`). */
  readonly target?: string | undefined;
  /** `outerMorph` unless given. */
  readonly swap?: Swap | undefined;
}

/** Renders a fragment. Plain text is refused (SSE_FRAGMENT_IS_TEXT): it would arrive escaped, which nobody wants. */
export function renderFragment(fragment: Html): string | Promise<string> {
  if (typeof fragment === "string") throw fragmentIsText({ start: fragment.slice(0, 60) });
  return renderHtml(fragment);
}

/** The message that puts rendered markup into its place. */
export async function placeFragment(markup: string, place: FragmentPlace): Promise<string> {
  if (place.target === undefined) return markup;
  return await renderHtml(Partial({ target: place.target, swap: place.swap ?? "outerMorph", children: raw(markup) }));
}

/** Whether markup without a target can reach any place in the page: the stream element itself swaps nothing. */
export function hasOwnPlace(markup: string): boolean {
  return /<hx-|hx-swap-oob/.test(markup);
}

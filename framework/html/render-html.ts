import { jsx } from "hono/jsx";
import { HtmlEscapedCallbackPhase, resolveCallback } from "hono/utils/html";
import type { Html } from "./html.ts";
import { serialize } from "./serialize.ts";

export interface RenderOptions {
  /** The schemes that addresses may have besides those of `safeUrl`, such as `cid` in mails. Default: none. */
  readonly schemes?: readonly string[];
}

/**
 * Renders markup to a string, for pages, fragments, broadcasts and mails. Plain strings are escaped. Returns a string, or a promise if
 * something inside is asynchronous; it rejects with the error that a component throws. URL attributes such as `href` and `src` refuse
 * `javascript:` and other unsafe schemes; see `safeUrl`.
 */
export function renderHtml(node: Html, options: RenderOptions = {}): string | Promise<string> {
  // The root is a component, so that hono sets up its rendering context before we walk the tree.
  const place = options.schemes && { isSvg: false, schemes: new Set(options.schemes) };
  const rendered: unknown = jsx(() => serialize(node, place), {}).toString();
  return rendered instanceof Promise ? settle(rendered) : String(rendered);
}

// Suspense and ErrorBoundary leave callbacks on an asynchronous result; "stringify" runs them.
async function settle(rendered: Promise<string>): Promise<string> {
  return String(await resolveCallback(rendered, HtmlEscapedCallbackPhase.Stringify, false, {}));
}

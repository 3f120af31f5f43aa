import { jsx } from "hono/jsx";
import { HtmlEscapedCallbackPhase, resolveCallback } from "hono/utils/html";
import type { Html } from "./html.ts";
import { serialize } from "./serialize.ts";

/**
 * Renders markup to a string: the one rendering function of the framework, used for pages, fragments, broadcasts and mails.
 * A plain string is escaped text. The answer is a string at once unless something inside is asynchronous; then it is a promise,
 * which rejects with whatever a component threw. In `href`, `src` and other URL attributes, `javascript:` and its like are refused.
 */
export function renderHtml(node: Html): string | Promise<string> {
  // The root is a component, so that hono's context of this rendering is there when the tree is walked.
  const rendered: unknown = jsx(() => serialize(node), {}).toString();
  return rendered instanceof Promise ? settle(rendered) : String(rendered);
}

// Suspense and ErrorBoundary leave callbacks on an asynchronous result; "stringify" runs them to the end.
async function settle(rendered: Promise<string>): Promise<string> {
  return String(await resolveCallback(rendered, HtmlEscapedCallbackPhase.Stringify, false, {}));
}

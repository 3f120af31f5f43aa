import { type Html, raw, renderHtml } from "../../framework/html/index.ts";
import type { MailLayout, MailLayoutProps } from "../blocks/layout.tsx";
import type { CssInliner } from "./css-inliner.ts";

const wholeDocument = /^\s*(?:<!doctype\b|<html\b)/i;

export interface RenderHtmlOptions {
  readonly layout: MailLayout | false;
  readonly inlineCss: CssInliner;
  readonly frame: Omit<MailLayoutProps, "children">;
}

/**
 * The HTML of a message for mail programs: set in the layout unless it is a whole document already, style rules inlined,
 * those in `@media` kept in the head. Also gives the fragment before the layout, from which the text twin is made.
 */
export async function renderMailHtml(
  html: string | Html,
  options: RenderHtmlOptions,
): Promise<{ readonly html: string; readonly fragment: string }> {
  const fragment = isMarkup(html) ? html : await renderHtml(html);
  if (options.layout === false || wholeDocument.test(fragment)) {
    return { html: await options.inlineCss(fragment), fragment };
  }
  const page = await renderHtml(options.layout({ ...options.frame, children: raw(fragment) }));
  return { html: await options.inlineCss(page.startsWith("<!") ? page : `<!doctype html>${page}`), fragment };
}

function isMarkup(html: string | Html): html is string {
  return typeof html === "string";
}

import { type Html, raw, renderHtml } from "../../framework/html/index.ts";
import { withDirection } from "../blocks/direction.tsx";
import type { MailLayout, MailLayoutProps } from "../blocks/layout.tsx";
import type { StyleInliner } from "./style-inliner.ts";

const wholeDocument = /^\s*(?:<!doctype\b|<html\b)/i;

export interface RenderHtmlOptions {
  readonly layout: MailLayout | false;
  readonly inlineStyles: StyleInliner;
  readonly frame: Omit<MailLayoutProps, "children">;
  readonly schemes: readonly string[];
}

/** Attachments of the message (`cid:`) and other messages (`mid:`), and what opens a program that mail programs know. */
export const mailSchemes = ["cid", "mid", "geo", "sip", "sips", "webcal", "xmpp"];

/**
 * Renders a message's HTML for mail programs: inside the layout, unless it is a complete document already. Also returns the
 * fragment without the layout, from which the text version is made.
 */
export async function renderMailHtml(
  html: string | Html,
  options: RenderHtmlOptions,
): Promise<{ readonly html: string; readonly fragment: string }> {
  const { schemes, frame } = options;
  const fragment = isMarkup(html) ? html : await renderHtml(withDirection(frame.dir ?? "ltr", html), { schemes });
  if (options.layout === false || wholeDocument.test(fragment)) {
    return { html: await options.inlineStyles(fragment), fragment };
  }
  const page = await renderHtml(
    withDirection(frame.dir ?? "ltr", options.layout({ ...frame, children: raw(fragment) })),
    { schemes },
  );
  return { html: await options.inlineStyles(page.startsWith("<!") ? page : `<!doctype html>${page}`), fragment };
}

function isMarkup(html: string | Html): html is string {
  return typeof html === "string";
}

import type { ReadyMessage } from "../../../mail/index.ts";
import { isSafeUrl } from "../../html/index.ts";

export interface MailLinkFacts {
  readonly href: string;
  /** The link text; empty for a URL in the plain text. */
  readonly label: string;
}

const anchor =
  /<a\b[^>]{0,2000}?\bhref\s*=\s*(?:"([^"]{0,4000})"|'([^']{0,4000})')[^>]{0,2000}>([\s\S]{0,2000}?)<\/a>/gi;
const address = /https?:\/\/[^\s<>"']{1,4000}/g;

/** All links of a mail in order, each URL once, without those that a browser would run as code. */
export function linksOf(message: ReadyMessage): MailLinkFacts[] {
  const links = new Map<string, string>();
  for (const [, double, single, label = ""] of (message.html ?? "").matchAll(anchor)) {
    const href = decode(double ?? single ?? "");
    if (!links.has(href))
      links.set(
        href,
        decode(label.replace(/<[^>]*>/g, " "))
          .replace(/\s+/g, " ")
          .trim(),
      );
  }
  for (const [found] of message.text.matchAll(address)) {
    const href = found.replace(/[.,;:!?)\]]+$/, "");
    if (!links.has(href)) links.set(href, "");
  }
  return [...links].filter(([href]) => href !== "" && isSafeUrl(href)).map(([href, label]) => ({ href, label }));
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  "#x27": "'",
  nbsp: " ",
};

function decode(text: string): string {
  return text.replace(/&([a-z0-9#]{1,6});/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole);
}

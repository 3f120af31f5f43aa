/** Converts HTML to plain text: links with their URL, lists with bullets, lines of at most 78 characters. */
export async function textFromHtml(html: string): Promise<string> {
  const { convert } = await import("html-to-text");
  return convert(html, {
    wordwrap: 78,
    selectors: [
      { selector: "a", options: { hideLinkHrefIfSameAsText: true, linkBrackets: false, ignoreHref: false } },
      { selector: "img", format: "skip" },
      { selector: "table", format: "block" },
      { selector: "h1", options: { uppercase: false } },
      { selector: "h2", options: { uppercase: false } },
      { selector: "h3", options: { uppercase: false } },
      { selector: "tr", format: "block", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: "th", format: "inlineSurround", options: { suffix: " " } },
    ],
  }).trim();
}

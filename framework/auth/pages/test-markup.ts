const shownTags = /<(title|h1|h2|section|form|input|button|a|img|svg|p|time)\b([^>]*)>([^<]*)/g;
const attributePattern = /([\w-]+)="([^"]*)"/g;
// Looks, and texts for people, may change.
const hidden = new Set(["class", "aria-label", "xmlns"]);

/** What browsers, password managers and screen readers get from a page: its headings, forms, controls and links, one a line. */
export function outlineOf(html: string): string {
  const lines = [...html.matchAll(shownTags)].flatMap(([, tag = "", given = "", text = ""]) => {
    const attributes = [...given.matchAll(attributePattern)]
      .filter(([, name = ""]) => !hidden.has(name))
      .map(([, name, value = ""]) => (value === "" ? name : `${name}=${mask(value)}`));
    if (tag === "p" && !/id=|role=/.test(given)) return [];
    const words = tag === "p" ? "" : text.trim();
    return [[tag, ...attributes, words && `“${mask(words)}”`].filter((part) => part !== "").join(" ")];
  });
  return lines.join("\n");
}

/** Ids that two elements have, and ids that an element refers to but none has. */
export function brokenIdsOf(html: string): readonly string[] {
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => id);
  const used = [...html.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]*)"/g)].flatMap(([, given = ""]) =>
    given.split(" "),
  );
  return [...ids.filter((id, index) => ids.indexOf(id) !== index), ...used.filter((id) => !ids.includes(id))];
}

/** Tokens, keys and hashes are different each time. */
function mask(text: string): string {
  return text.replaceAll(/[\w.-]{32,}/g, "…").replaceAll(/\b[0-9a-f]{12}\b/g, "…");
}

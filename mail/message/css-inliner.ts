/** Writes the rules of a document's `<style>` into the elements that they are for; those in `@media` stay in the head. */
export type CssInliner = (html: string) => Promise<string>;

const skeletonsKept = 200;

/** Tags as our own markup writes them: every value quoted. */
const tagPattern = /<(?:[^"'<>]|"[^"]*"|'[^']*')*>/g;
/** Values that no rule of ours asks for, and that differ from message to message. */
const freeValue = /(\s(?:href|src|alt|title)=)("[^"]*"|'[^']*')/g;
/** What is no plain sequence of tags and texts, or holds our own marks, is not taken apart. */
const notPlain = /<!--|<!\[|<script|<textarea|[\uE000\uE001]/i;
/** Rules that ask for more than names of tags, classes and ids could depend on a value that was taken out. */
const asksForValues = /[^\s,{}]*(?:\[|:(?:contains|empty|has|lang)\b)[^,{}]*\{/i;

/**
 * Inlining takes some 10 ms of the event loop, as juice parses the page and matches every rule. Messages of one kind differ only in their
 * words and addresses, so the page without those is inlined once and kept, and the words are put back. Keeps 200 kinds.
 */
export function createCssInliner(): CssInliner {
  const kept = new Map<string, string>();
  return async (html) => {
    if (notPlain.test(html) || asksForValues.test(styleOf(html))) return await inline(html);
    const { skeleton, words } = takeApart(html);
    let inlined = kept.get(skeleton);
    if (inlined === undefined) {
      inlined = await inline(skeleton);
      if (kept.size >= skeletonsKept) kept.delete(kept.keys().next().value ?? "");
      kept.set(skeleton, inlined);
    }
    return inlined.replace(/\uE000(\d+)\uE001/g, (_mark, index) => words[Number(index)] ?? "");
  };
}

async function inline(html: string): Promise<string> {
  // Loaded with the first message: juice brings a whole HTML parser, which a process that sends no mail need not hold.
  const { default: juice } = await import("juice");
  return juice(html, { preserveMediaQueries: true, preserveImportant: true, removeStyleTags: true });
}

function styleOf(html: string): string {
  return html.slice(html.indexOf("<style"), html.lastIndexOf("</style>"));
}

/** The document with a mark in the place of each text and each free value, and what stood there. */
function takeApart(html: string): { readonly skeleton: string; readonly words: readonly string[] } {
  const words: string[] = [];
  const mark = (word: string) => `\uE000${words.push(word) - 1}\uE001`;
  let skeleton = "";
  let end = 0;
  let isStyle = false;
  for (const { 0: tag, index } of html.matchAll(tagPattern)) {
    const text = html.slice(end, index);
    skeleton += isStyle || text.trim() === "" ? text : mark(text);
    skeleton += tag.replace(freeValue, (_all, name: string, value: string) => `${name}"${mark(value.slice(1, -1))}"`);
    isStyle = /^<style\b/i.test(tag);
    end = index + tag.length;
  }
  return { skeleton: skeleton + html.slice(end), words };
}

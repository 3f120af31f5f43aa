import type juice from "juice";
import type { Logger } from "../../framework/base/index.ts";

/** Writes the rules of a document's `<style>` into the elements they match; rules in `@media` stay in the head. */
export type StyleInliner = (html: string) => Promise<string>;

type Juice = typeof juice;

export interface StyleInlinerOptions {
  readonly log: Logger;
  /** Loads juice; rejects when it isn't installed. */
  readonly loadJuice?: () => Promise<Juice>;
}

const styleElement = /<style\b([^>]*)>(.*?)<\/style\s*>/gis;
const styleTag = /<style\b[^>]*>/gi;
const comment = /\/\*.*?\*\//gs;
const atRule = /@[^@{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})/g;
const embedMark = /\sdata-embed(?:="[^"]*"|='[^']*')?(?=[\s/>]|$)/i;

/**
 * Inlines with juice, an optional package, which is loaded for the first document that has rules to inline. Without it such
 * documents keep their `<style>`, and the log says so once. The built-in blocks and layout have their styles inline already.
 */
export function createStyleInliner({ log, loadJuice = importJuice }: StyleInlinerOptions): StyleInliner {
  let loading: Promise<Juice | undefined> | undefined;

  function load(): Promise<Juice | undefined> {
    loading ??= loadJuice().catch((err: unknown) => {
      const hint = "Run `npm install juice`, or mark the element <style data-embed> to keep it as it is.";
      log.warn({ hint, err }, "styles of a mail aren't inlined, because juice isn't installed");
      return undefined;
    });
    return loading;
  }

  return async (html) => {
    const inline = hasRulesToInline(html) ? await load() : undefined;
    if (inline === undefined) return withoutEmbedMarks(html);
    return inline(html, { preserveMediaQueries: true, preserveImportant: true, removeStyleTags: true });
  };
}

async function importJuice(): Promise<Juice> {
  return (await import("juice")).default;
}

function hasRulesToInline(html: string): boolean {
  return [...html.matchAll(styleElement)].some(
    ([, attributes = "", css = ""]) =>
      !embedMark.test(attributes) && css.replace(comment, "").replace(atRule, "").includes("{"),
  );
}

// As juice does: a mail program that is strict about <style> should find nothing unusual.
function withoutEmbedMarks(html: string): string {
  return html.replace(styleTag, (tag) => tag.replace(embedMark, ""));
}

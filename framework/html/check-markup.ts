import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "../base/index.ts";
import { type Html, raw } from "./html.ts";
import { renderHtml } from "./render-html.ts";
import { unsafeUrl } from "./safe-url.ts";

type Rest = [status?: ContentfulStatusCode, headers?: HeaderRecord];
type HeaderRecord = Record<string, string | string[]>;

/**
 * Makes `c.html()` render JSX as `c.render()` does. Hono's own serializer doesn't look at addresses. What was replaced is logged, because
 * a link that leads nowhere doesn't say why.
 */
export function checkMarkup(c: Context, log: Logger): void {
  const plain = c.html.bind(c);
  const send = (html: string, [init, headers]: Rest) => {
    warnOfUnsafe(c, html, log);
    return plain(html, init, headers);
  };
  const checked = (html: unknown, ...rest: Rest) => {
    if (typeof html === "string") return send(html, rest);
    return Promise.resolve(html)
      .then(toText)
      .then((text) => send(text, rest));
  };
  // The same overloads as Hono's: text now, everything else as a promise.
  c.html = checked as typeof c.html;
}

/** Text that comes later is markup, as it is for Hono: somebody has rendered it. */
async function toText(html: unknown): Promise<string> {
  return await renderHtml(typeof html === "string" ? raw(html) : (html as Html));
}

const shownCharacters = 120;

/** The beginning of the first element in rendered markup whose address was replaced, for the log. */
export function replacedAddress(html: string): string | undefined {
  const at = html.indexOf(`"${unsafeUrl}`);
  if (at < 0) return undefined;
  return html.slice(Math.max(html.lastIndexOf("<", at), at - shownCharacters), at + unsafeUrl.length + 2);
}

function warnOfUnsafe(c: Context, html: string, log: Logger): void {
  const element = replacedAddress(html);
  if (element === undefined) return;
  log.warn({ path: c.req.path, element }, "an address was replaced, because its scheme isn't allowed; see safeUrl");
}

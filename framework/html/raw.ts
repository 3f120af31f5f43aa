import { raw as markTrusted } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/**
 * Marks a string as finished markup, so that it is not escaped. The one way around escaping: never give it anything that a user
 * may have written (see `UserHtml` for that).
 */
export function raw(html: string): HtmlEscapedString {
  return markTrusted(html);
}

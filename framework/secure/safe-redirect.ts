import { parseLocalPath } from "../base/index.ts";

const maxLength = 2048;

/**
 * Where to redirect after a form, from a value that a link may have carried, such as `next`: a path on this site with query and
 * fragment, or `/` for anything else.
 */
export function safeRedirect(next: unknown): string {
  if (typeof next !== "string" || next.length > maxLength) return "/";
  return parseLocalPath(next) ?? "/";
}

import type { Context } from "hono";
import { parseLocalPath } from "../base/index.ts";

const maxLength = 2048;

/**
 * Where to redirect after a form, from a value that a link may have carried, such as `next`: a path on this site with query and
 * fragment, or `/` for anything else. With the request's context, the log says once a minute that something else was replaced.
 */
export function safeRedirect(next: unknown, c?: Context): string {
  const path = typeof next === "string" && next.length <= maxLength ? parseLocalPath(next) : null;
  if (path === null && c && next) warnAbout(c, next);
  return path ?? "/";
}

function warnAbout(c: Context, next: unknown): void {
  const facts = { requestId: c.get("requestId"), path: c.req.path, next: String(next).slice(0, 100) };
  c.get("warnRarely")?.(
    "replaced path",
    facts,
    "an address to continue at was replaced, because it isn't a path on this site",
  );
}

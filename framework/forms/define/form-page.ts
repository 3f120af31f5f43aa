import type { Context } from "hono";
import { localPathOf } from "../../base/index.ts";
import { readHtmxRequest } from "../../html/index.ts";
import { formPostsOf } from "./form-posts.ts";

/** Where the form was sent to, as a path. */
export function actionOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

/** The page that a form is on, as a path on this site; null if the browser doesn't say or names another site. */
export function pageOf(c: Context): string | null {
  const { isHtmx, currentUrl } = readHtmxRequest(c);
  const url = isHtmx ? currentUrl : c.req.header("Referer");
  if (!url || !URL.canParse(url)) return null;
  const own = c.req.header("Host") ?? new URL(c.req.url).host;
  const { host } = new URL(url);
  return host === own || host === new URL(formPostsOf(c).appUrl).host ? localPathOf(url) : null;
}

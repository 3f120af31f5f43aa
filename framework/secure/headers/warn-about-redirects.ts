import type { MiddlewareHandler } from "hono";
import type { Logger } from "../../base/index.ts";
import { isSafeMethod } from "../requests/safe-method.ts";
import { allowsUrl, sourcesOf } from "./policy-sources.ts";

/**
 * Warns in the log about redirects to another site that the browser won't follow: those that answer a form, if `form-action` doesn't
 * list the site, and those that answer htmx. For development, around `secureHeaders`: in the browser, only the console says so.
 */
export function warnAboutRedirects({ log }: { readonly log: Logger }): MiddlewareHandler {
  return async function warnAboutRedirects(c, next) {
    await next();
    const target = c.res.status >= 300 && c.res.status < 400 ? c.res.headers.get("Location") : null;
    if (target === null || !URL.canParse(target, c.req.url)) return;
    const to = new URL(target, c.req.url);
    const own = new URL(c.req.url).origin;
    const facts = { path: c.req.path, to: to.origin };
    if (to.origin === own) return;
    if (c.req.header("HX-Request") !== undefined) {
      log.warn(facts, htmxCannotFollow(to.origin));
    } else if (!isSafeMethod(c.req.method)) {
      const sources = sourcesOf(c.res.headers.get("Content-Security-Policy") ?? "", "form-action");
      if (sources && !allowsUrl(sources, to, own)) log.warn(facts, formIsBlocked(to.origin));
    }
  };
}

function formIsBlocked(origin: string): string {
  return `browsers block this redirect of a form to ${origin}, and stay on the page. To allow it: secure: { addToPolicy: { "form-action": ["${origin}"] } }`;
}

function htmxCannotFollow(origin: string): string {
  return `htmx can't follow this redirect to ${origin}. Answer with the header HX-Redirect and status 200 instead, or take hx-post or hx-boost off the form`;
}

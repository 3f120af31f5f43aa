import type { Context, MiddlewareHandler } from "hono";
import type { Logger } from "../../base/index.ts";
import { dropCookie, type RateLimiter, readCookie, type Signer, writeCookie } from "../../secure/index.ts";
import { formsNotInstalled } from "../errors.ts";
import { formatRefusedInput, parseRefusedInput, type RefusedInput } from "./refused-input.ts";
import { Submissions } from "./submissions.ts";

/** What forms need to know during one request. */
export interface FormPosts {
  readonly submissions: Submissions;
  readonly dev: boolean;
  readonly log: Logger;
  /** The address of the app; pages of other addresses aren't returned to. */
  readonly appUrl: string;
  /** Keeps a refused form for the next page. Answers false if it is too large for a cookie. */
  keep(refused: RefusedInput): boolean;
  /** What was kept for the form with this id and action. It is dropped with the response. */
  take(id: string, action: string): RefusedInput | undefined;
  /** Drops what was kept for a form that has been accepted since. */
  forget(id: string, action: string): void;
}

declare module "hono" {
  interface ContextVariableMap {
    formPosts: FormPosts;
  }
}

export interface FormPostsOptions {
  readonly limiter: RateLimiter;
  readonly signer: Signer;
  readonly secureCookies: boolean;
  readonly dev: boolean;
  readonly log: Logger;
  readonly appUrl: string;
  /** Who the visitor is, such as the id of the user. */
  readonly visitor: (c: Context) => string;
}

const cookie = "form";
const maxCookieLength = 3800;
const maxAgeSeconds = 300;

/** Sets `c.var.formPosts` on every request, for forms made with `form`. */
export function formPosts(options: FormPostsOptions): MiddlewareHandler {
  const { signer, secureCookies, dev, log, appUrl, visitor } = options;
  const submissions = new Submissions(options);
  return async function formPosts(c, next) {
    let isTaken = false;
    let isKept = false;
    let isForgotten = false;

    function read(): RefusedInput | undefined {
      const sealed = readCookie(c, cookie, secureCookies);
      const text = sealed === undefined ? null : signer.unseal(sealed, cookie);
      return text === null ? undefined : parseRefusedInput(text, visitor(c));
    }

    function take(id: string, action: string): RefusedInput | undefined {
      const refused = isForgotten ? undefined : read();
      if (refused?.id !== id || refused.action !== action) return undefined;
      isTaken = true;
      return refused;
    }

    c.set("formPosts", {
      submissions,
      dev,
      log,
      appUrl,
      keep(refused) {
        const value = signer.seal(formatRefusedInput(refused, visitor(c)), cookie);
        if (value.length > maxCookieLength) return false;
        writeCookie(c, { name: cookie, value, isSecure: secureCookies, maxAgeSeconds });
        isKept = true;
        return true;
      },
      take,
      forget(id, action) {
        isForgotten = take(id, action) !== undefined;
      },
    });
    await next();
    if (isTaken && !isKept) dropCookie(c, cookie, secureCookies);
  };
}

/** Throws `FORMS_NOT_INSTALLED` without the middleware. */
export function formPostsOf(c: Context): FormPosts {
  const found = c.var.formPosts;
  if (!found) throw formsNotInstalled();
  return found;
}

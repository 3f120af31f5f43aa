import type { Context, MiddlewareHandler } from "hono";
import { localPathOf } from "../base/index.ts";
import { formatCloseEvent, hxRedirect, readHtmxRequest, redirectTo } from "../html/index.ts";
import type { Auth } from "./auth.ts";
import { authNotInstalled, roleRequired } from "./errors.ts";
import { leadingTo, nextPath, paths } from "./paths.ts";
import type { User } from "./users/user.ts";

/** Lets logged-in users in. Sends everyone else to the login page, and back afterwards. */
export const RequireLogin: MiddlewareHandler = async (c, next) => {
  if (userOf(c)) return next();
  return sendTo(c, paths.login);
};

/** Lets visitors in who are not logged in. Redirects users; for pages such as login and registration. */
export const RequireGuest: MiddlewareHandler = async (c, next) => {
  if (!userOf(c)) return next();
  return redirectTo(c, c.var.auth.afterLogin);
};

/** Lets users with a confirmed email address in. Sends others to the page that confirms it. */
export const RequireVerifiedEmail: MiddlewareHandler = async (c, next) => {
  const user = userOf(c);
  if (!user) return sendTo(c, paths.login);
  if (user.emailVerifiedAt !== null) return next();
  return sendTo(c, paths.verifyEmail);
};

/** Lets users in who entered their password recently (`sudoMs`, default: 10 minutes). Asks others for it. */
export const RequireRecentLogin: MiddlewareHandler = async (c, next) => {
  if (!userOf(c)) return sendTo(c, paths.login);
  if (isRecentLogin(c)) return next();
  return sendTo(c, paths.confirmPassword);
};

/** Lets users with one of these roles in. Other users get 403 (`AUTH_ROLE_REQUIRED`). */
export function RequireRole(...roles: readonly string[]): MiddlewareHandler {
  // Named, so that `buffkit routes` shows it like the other guards.
  return async function RequireRole(c, next) {
    const user = userOf(c);
    if (!user) return sendTo(c, paths.login);
    if (!roles.includes(user.role)) throw roleRequired({ roles, path: c.req.path });
    return next();
  };
}

/** Whether the user entered the password recently enough for sensitive changes. */
export function isRecentLogin(c: Context): boolean {
  const session = c.get("session");
  return session?.sudoUntil !== null && session?.sudoUntil !== undefined && session.sudoUntil > authOf(c).now();
}

function userOf(c: Context): User | null {
  authOf(c);
  return c.get("user") ?? null;
}

function authOf(c: Context): Auth {
  const auth: Auth | undefined = c.get("auth");
  if (!auth) throw authNotInstalled({ path: c.req.path });
  return auth;
}

/**
 * Page visits are redirected. htmx would follow a redirect with `fetch` and swap the result into the page, so it gets 401 and
 * HX-Redirect. A reconnecting stream ignores both, so it is told to close: otherwise it would retry twice a second.
 */
function sendTo(c: Context, path: string): Response {
  const { isHtmx } = readHtmxRequest(c);
  const accept = c.req.header("Accept") ?? "";
  if (isHtmx && accept.includes("text/event-stream") && c.req.header("Last-Event-ID") !== undefined)
    return closeStream(c, path);
  if (isHtmx) return hxRedirect(c, leadingTo(path, pageOf(c)), 401);
  const wantsPage = accept === "" || accept.includes("text/html") || accept.includes("*/*");
  if (!wantsPage) return c.text("Log in first.", 401);
  const here = c.req.method === "GET" || c.req.method === "HEAD" ? c.req.url : c.req.header("Referer");
  return c.redirect(leadingTo(path, nextPath(localPathOf(here), "/")), 303);
}

function closeStream(c: Context, path: string): Response {
  const headers = { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store" };
  return c.body(formatCloseEvent({ reason: "expired", path }), 200, headers);
}

/** The open page rather than the requested fragment: after the login, the browser needs a whole page. */
function pageOf(c: Context): string {
  return nextPath(localPathOf(readHtmxRequest(c).currentUrl), "/");
}

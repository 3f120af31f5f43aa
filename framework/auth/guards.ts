import type { Context } from "hono";
import { localPathOf } from "../base/index.ts";
import { formatCloseEvent, hxRedirect, readHtmxRequest, redirectTo } from "../html/index.ts";
import type { Auth } from "./auth.ts";
import { authNotInstalled, roleRequired } from "./errors.ts";
import { createGuard, type Guard } from "./guard.ts";
import { leadingTo, nextPath, paths } from "./paths.ts";
import type { Session } from "./sessions/session.ts";
import type { User } from "./users/user.ts";

/** The variables of a request whose user has passed a guard. */
export interface LoggedIn {
  readonly user: User;
  readonly session: Session;
}

/** Lets in users who are logged in. Sends everyone else to the login page, and back afterwards. */
export const RequireLogin: Guard<LoggedIn> = createGuard({
  name: "RequireLogin",
  allows: loggedIn,
  refuse: (c) => sendTo(c, paths.login),
});

/** Lets in visitors who aren't logged in, and redirects users. For pages such as login and registration. */
export const RequireGuest: Guard = createGuard({
  name: "RequireGuest",
  allows: (c) => !loggedIn(c),
  refuse: (c) => redirectTo(c, c.var.auth.afterLogin),
});

/** Lets in users with a confirmed email address. Sends others to the page that confirms it. */
export const RequireVerifiedEmail: Guard<LoggedIn> = createGuard({
  name: "RequireVerifiedEmail",
  after: RequireLogin,
  allows: (c) => c.var.user.emailVerifiedAt !== null,
  refuse: (c) => sendTo(c, paths.verifyEmail),
});

/** Lets in users who entered their password recently (`sudoMs`, default: 10 minutes). Asks others for it. */
export const RequireRecentLogin: Guard<LoggedIn> = createGuard({
  name: "RequireRecentLogin",
  after: RequireLogin,
  allows: isRecentLogin,
  refuse: (c) => sendTo(c, paths.confirmPassword),
});

/** Lets in users with one of these roles. Other users get 403 (`AUTH_ROLE_REQUIRED`). */
export function RequireRole(...roles: readonly string[]): Guard<LoggedIn> {
  return createGuard({
    name: "RequireRole",
    after: RequireLogin,
    allows: (c) => roles.includes(c.var.user.role),
    refuse: (c) => {
      throw roleRequired({ roles, path: c.req.path });
    },
  });
}

/** Whether the user entered the password recently enough for sensitive changes. */
export function isRecentLogin(c: Context): boolean {
  const session = c.get("session");
  return session?.sudoUntil !== null && session?.sudoUntil !== undefined && session.sudoUntil > authOf(c).now();
}

function loggedIn(c: Context): LoggedIn | null {
  authOf(c);
  const user: User | null | undefined = c.get("user");
  const session: Session | null | undefined = c.get("session");
  return user && session ? { user, session } : null;
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

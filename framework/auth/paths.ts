import type { Context } from "hono";
import { safeRedirect } from "../secure/index.ts";

/** The paths of the account pages. */
export const paths = {
  login: "/login",
  secondStep: "/login/code",
  logout: "/logout",
  register: "/register",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  verifyEmail: "/verify-email",
  claimAccount: "/verify-email/password",
  changeEmail: "/change-email",
  account: "/account",
  pictures: "/account/pictures",
  secondFactor: "/account/second-factor",
  confirmPassword: "/account/confirm",
} as const;

/** A page that continues to `next` afterwards. The front page is the default and is left out. */
export function leadingTo(path: string, next: string): string {
  return next === "/" ? path : `${path}?next=${encodeURIComponent(next)}`;
}

/** Where to go next, from a value that anyone may have made up; `otherwise` unless it is a path on this site, which the log says with `c`. */
export function nextPath(value: unknown, otherwise: string, c?: Context): string {
  const path = safeRedirect(value, c);
  return path === "/" ? otherwise : path;
}

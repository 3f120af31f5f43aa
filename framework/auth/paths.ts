import { isLocalPath } from "../html/index.ts";
import { safeRedirect } from "../secure/index.ts";

/** Where the pages of this room live. */
export const paths = {
  login: "/login",
  secondStep: "/login/code",
  logout: "/logout",
  register: "/register",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  verifyEmail: "/verify-email",
  changeEmail: "/change-email",
  account: "/account",
  pictures: "/account/pictures",
  secondFactor: "/account/second-factor",
  confirmPassword: "/account/confirm",
} as const;

/** A page of ours that leads on to `next` afterwards; nothing is added when that is the front page. */
export function leadingTo(path: string, next: string): string {
  return next === "/" ? path : `${path}?next=${encodeURIComponent(next)}`;
}

/** The path to go on to, from a value that anybody may have made up; `otherwise` when it leads anywhere but to a page of ours. */
export function nextPath(value: unknown, appUrl: string, otherwise: string): string {
  const path = safeRedirect(value, appUrl);
  return path === "/" || !isLocalPath(path) ? otherwise : path;
}

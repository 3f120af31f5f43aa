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

/** Where to go next, from a value that anyone may have made up; `otherwise` unless it is a path on this site. */
export function nextPath(value: unknown, otherwise: string): string {
  const path = safeRedirect(value);
  return path === "/" ? otherwise : path;
}

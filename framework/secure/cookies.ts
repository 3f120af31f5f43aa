import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { serialize } from "hono/utils/cookie";
import { oversizedCookie } from "./errors.ts";

/** A cookie that is always HttpOnly, SameSite=Lax and for the whole host. */
export interface OwnCookie {
  /** Without the `__Host-` prefix, which secure cookies get. */
  readonly name: string;
  readonly value: string;
  /** Whether it is sent over https only. False only on plain http in development. */
  readonly isSecure: boolean;
  /** How long the browser keeps it. Default: until the browser is closed. */
  readonly maxAgeSeconds?: number;
}

const maxCookieBytes = 4096;

/** The name on the wire. `__Host-` makes browsers refuse the cookie from subdomains and from plain http (RFC 6265bis, 4.1.3.2). */
export function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

/** The value that the browser sent, if any. */
export function readCookie(c: Context, name: string, isSecure: boolean): string | undefined {
  return getCookie(c, cookieName(name, isSecure));
}

/** Sets a cookie, before or after the response is created. */
export function writeCookie(c: Context, cookie: OwnCookie): void {
  const text = serialize(cookieName(cookie.name, cookie.isSecure), cookie.value, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: cookie.isSecure,
    ...(cookie.maxAgeSeconds === undefined ? {} : { maxAge: Math.max(0, Math.floor(cookie.maxAgeSeconds)) }),
  });
  if (text.length > maxCookieBytes) throw oversizedCookie({ name: cookie.name, bytes: text.length });
  // `c.header` would create a second response here; see secureHeaders.
  if (c.finalized) c.res.headers.append("Set-Cookie", text);
  else c.header("Set-Cookie", text, { append: true });
}

/** Deletes a cookie. */
export function dropCookie(c: Context, name: string, isSecure: boolean): void {
  writeCookie(c, { name, value: "", isSecure, maxAgeSeconds: 0 });
}

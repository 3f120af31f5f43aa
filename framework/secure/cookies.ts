import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { serialize } from "hono/utils/cookie";
import { oversizedCookie } from "./errors.ts";

/** A cookie of ours: always HttpOnly, SameSite=Lax and for the whole host. */
export interface OwnCookie {
  /** The bare name; the `__Host-` prefix is added when it is secure. */
  readonly name: string;
  readonly value: string;
  /** Whether it travels by https only. False only on plain http in development. */
  readonly isSecure: boolean;
  /** How long a browser keeps it; a cookie that ends with the browser unless given. */
  readonly maxAgeSeconds?: number;
}

const maxCookieBytes = 4096;

/** The name on the wire. `__Host-` makes browsers refuse the cookie from subdomains and from plain http (RFC 6265bis, 4.1.3.2). */
export function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

/** The value that the browser sent, or undefined. */
export function readCookie(c: Context, name: string, isSecure: boolean): string | undefined {
  return getCookie(c, cookieName(name, isSecure));
}

/** Sends a cookie, before or after the answer is made. */
export function writeCookie(c: Context, cookie: OwnCookie): void {
  const text = serialize(cookieName(cookie.name, cookie.isSecure), cookie.value, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: cookie.isSecure,
    ...(cookie.maxAgeSeconds === undefined ? {} : { maxAge: Math.max(0, Math.floor(cookie.maxAgeSeconds)) }),
  });
  if (text.length > maxCookieBytes) throw oversizedCookie({ name: cookie.name, bytes: text.length });
  // After the answer is made `c.header` would make a second one; see secureHeaders.
  if (c.finalized) c.res.headers.append("Set-Cookie", text);
  else c.header("Set-Cookie", text, { append: true });
}

/** Makes the browser forget a cookie. */
export function dropCookie(c: Context, name: string, isSecure: boolean): void {
  writeCookie(c, { name, value: "", isSecure, maxAgeSeconds: 0 });
}

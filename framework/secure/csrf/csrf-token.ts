import type { Context } from "hono";
import { randomToken } from "../../base/index.ts";
import { readCookie, writeCookie } from "../cookies.ts";
import type { Signer } from "../signer.ts";

/** What a form token is bound to: the session, or a cookie of its own for visitors without one. */
export interface CsrfBinding {
  /** The session's id, or the anonymous cookie's value. */
  readonly id: string;
  readonly isNew: boolean;
}

/** The cookie of visitors without a session, without its `__Host-` prefix. */
export const csrfCookie = "csrf";
const purpose = "csrf token";

/** What the form token of this request is bound to; a new value for visitors with neither session nor cookie. */
export function readBinding(c: Context, sessionId: string | undefined, isSecure: boolean): CsrfBinding {
  if (sessionId) return { id: `session:${sessionId}`, isNew: false };
  const cookie = readCookie(c, csrfCookie, isSecure);
  if (cookie && /^[\w-]{22}$/.test(cookie)) return { id: `visitor:${cookie}`, isNew: false };
  return { id: `visitor:${randomToken(16)}`, isNew: true };
}

/** Sets the cookie of a new visitor. */
export function writeBinding(c: Context, binding: CsrfBinding, isSecure: boolean): void {
  if (binding.isNew) writeCookie(c, { name: csrfCookie, value: binding.id.slice("visitor:".length), isSecure });
}

/** The token for forms. It is valid as long as the session, in all of its tabs. */
export function createCsrfToken(signer: Signer, binding: CsrfBinding): string {
  return signer.mac(binding.id, purpose);
}

/** Whether a token was made for this binding. */
export function isCsrfToken(token: string, signer: Signer, binding: CsrfBinding): boolean {
  return signer.isMac(token, binding.id, purpose);
}

import type { Context } from "hono";
import type { Clock } from "../../base/index.ts";
import { dropCookie, readCookie, writeCookie } from "../../secure/index.ts";
import type { StartedSession } from "./sessions.ts";

/** Carries the token of a session: `__Host-sid` over https, `sid` on plain http in development. */
export interface SessionCookie {
  read(c: Context): string | undefined;
  /** A remembered session's cookie stays as long as the session; another ends with the browser. */
  write(c: Context, started: StartedSession): void;
  drop(c: Context): void;
}

/** The bare name of the cookie that carries the token. */
export const sessionCookie = "sid";

export function createSessionCookie(options: { readonly isSecure: boolean; readonly clock: Clock }): SessionCookie {
  const { isSecure, clock } = options;
  return {
    read: (c) => readCookie(c, sessionCookie, isSecure),
    write(c, { token, session }) {
      const lifetime = { maxAgeSeconds: (session.expiresAt - clock.now()) / 1000 };
      writeCookie(c, { name: sessionCookie, value: token, isSecure, ...(session.isRemembered ? lifetime : {}) });
    },
    drop: (c) => dropCookie(c, sessionCookie, isSecure),
  };
}

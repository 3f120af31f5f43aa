import type { MiddlewareHandler } from "hono";
import type { Auth } from "./auth.ts";
import type { AuthServices } from "./auth-services.ts";
import { publicUser } from "./users/user.ts";

/** Sets who is asking. A request without the cookie costs no question to the database; a cookie that is no good is dropped. */
export function readSession(services: AuthServices, auth: Auth): MiddlewareHandler {
  const { cookie, sessions } = services;
  return async function readSession(c, next) {
    c.set("auth", auth);
    c.set("user", null);
    c.set("session", null);
    const token = cookie.read(c);
    if (token) {
      const found = await sessions.recognize(token);
      if (found) {
        c.set("user", publicUser(found.user));
        c.set("session", found.session);
        if (found.isRefreshed && found.session.isRemembered) cookie.write(c, { token, session: found.session });
      } else {
        cookie.drop(c);
      }
    }
    await next();
  };
}

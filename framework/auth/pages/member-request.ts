import type { Context } from "hono";
import { redirectTo } from "../../html/index.ts";
import type { AuthServices } from "../auth-services.ts";
import { paths } from "../paths.ts";
import type { Session } from "../sessions/session.ts";
import type { User } from "../users/user.ts";

/** A request from a logged-in user about their own account. */
export interface MemberRequest {
  readonly services: AuthServices;
  readonly c: Context;
  readonly user: User;
  readonly session: Session;
}

/** Makes a route handler from one that needs a user. Put a guard before it, so that nobody else gets there. */
export function forMember(services: AuthServices, handle: (request: MemberRequest) => Promise<Response>) {
  return async (c: Context): Promise<Response> => {
    const { user, session } = c.var;
    return user && session ? handle({ services, c, user, session }) : redirectTo(c, paths.login);
  };
}

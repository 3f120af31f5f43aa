import type { Auth, AuthOptions } from "./auth.ts";
import { createAuthServices } from "./auth-services.ts";
import { unknownUser } from "./errors.ts";
import { logOut, readSession, startSession } from "./login.ts";
import { manageAccounts } from "./manage-accounts.ts";
import { authParts } from "./pages/auth-parts.ts";

/** Creates the accounts of an app: its users, their sessions, and the pages for both. */
export function createAuth(options: AuthOptions): Auth {
  const services = createAuthServices(options);
  const { users, sessions, tokens, deleteOldAudits, later, clock, appUrl, afterLogin } = services;
  const auth: Auth = {
    users,
    sessions,
    appUrl,
    afterLogin,
    now: () => clock.now(),
    middleware: () => readSession(services, auth),
    parts: () => authParts(services),
    async logIn(c, user, { isRemembered = false } = {}) {
      const session = await startSession(services, c, { user, isRemembered });
      if (!session) throw unknownUser({ id: user.id });
      return session;
    },
    logOut: (c) => logOut(services, c),
    onSessionEnd: (listener) => sessions.onEnd(listener),
    ...manageAccounts(services),
    deleteExpired: async () => ({
      sessions: await sessions.deleteExpired(),
      tokens: await tokens.deleteExpired(),
      auditEntries: await deleteOldAudits(),
    }),
    idle: () => later.idle(),
  };
  return auth;
}

import type { Context } from "hono";
import { type Clock, type Logger, silentLogger, systemClock } from "../base/index.ts";
import type { Database } from "../db/index.ts";
import { createMemoryUploadStore, type UploadStore } from "../forms/index.ts";
import { createMemoryRateLimits, createRateLimiter, type RateLimiter, type Signer } from "../secure/index.ts";
import { addUser } from "./add-user.ts";
import type { Auth } from "./auth.ts";
import { type AuthMail, type AuthServices, createAudit, type LoginHooks } from "./auth-services.ts";
import { missingStores, unknownUser } from "./errors.ts";
import { startSession } from "./log-in.ts";
import { accountPart } from "./pages/account-part.tsx";
import { changeEmailPart } from "./pages/change-email-part.tsx";
import { confirmPasswordPart } from "./pages/confirm-password-part.tsx";
import { loginPart } from "./pages/login-part.tsx";
import { passwordResetPart } from "./pages/password-reset-part.tsx";
import { deletePicture } from "./pages/pictures.ts";
import { registerPart } from "./pages/register-part.tsx";
import { secondFactorPart } from "./pages/second-factor-part.tsx";
import { secondStepPart } from "./pages/second-step-part.tsx";
import { verifyEmailPart } from "./pages/verify-email-part.tsx";
import { createPasswordRules } from "./passwords/password-rules.ts";
import { createPasswords, type PasswordOptions } from "./passwords/passwords.ts";
import { readSession } from "./read-session.ts";
import { createAfterResponse } from "./safeguards/after-response.ts";
import { type AttemptLimitOptions, createAttemptLimits } from "./safeguards/attempt-limits.ts";
import type { AuditStore } from "./safeguards/audit-log.ts";
import { createDatabaseAuditStore } from "./safeguards/audit-stores.ts";
import { createRegistrationCookie } from "./safeguards/registration-cookie.ts";
import { createDatabaseSecondFactorStore } from "./second-factor/database-second-factor-store.ts";
import { createPendingLogin } from "./second-factor/pending-login.ts";
import type { SecondFactorStore } from "./second-factor/second-factors.ts";
import { createSecondFactors } from "./second-factor/second-factors.ts";
import { createDatabaseSessionStore } from "./sessions/database-session-store.ts";
import type { SessionStore } from "./sessions/session.ts";
import { createSessionCookie, createSessions, type SessionTimes } from "./sessions/sessions.ts";
import { createDatabaseTokenStore } from "./tokens/database-token-store.ts";
import type { TokenStore } from "./tokens/tokens.ts";
import { createTokens } from "./tokens/tokens.ts";
import { createDatabaseUserStore } from "./users/database-user-store.ts";
import type { UserStore } from "./users/user.ts";

/** What an app may set about accounts. */
export interface AuthSettings {
  /** Where a log-in leads that was not asked for by a page; `/` unless given. */
  readonly afterLogin?: string;
  /** Where a log-out leads; `/login` unless given. */
  readonly afterLogout?: string;
  readonly sessionTimes?: SessionTimes;
  /** Hashing, and `minLength` of new passwords: 12 unless given, at least 8. */
  readonly passwords?: PasswordOptions & { readonly minLength?: number };
  readonly limits?: AttemptLimitOptions;
  readonly hooks?: LoginHooks;
  /** False takes away the page on which people register. */
  readonly canRegister?: boolean;
  /** Says on the registration form that an address is taken, which tells everybody who has an account. False unless given. */
  readonly tellsTaken?: boolean;
  /** Stores of the app's own in place of the database's tables. */
  readonly users?: UserStore;
  readonly sessionStore?: SessionStore;
  readonly tokenStore?: TokenStore;
  readonly auditStore?: AuditStore;
  /** Where the pictures of profiles are kept; beside the SQLite file, else in `data/uploads`, unless given. */
  readonly pictures?: UploadStore;
  readonly secondFactorStore?: SecondFactorStore;
}

export interface AuthOptions extends AuthSettings {
  readonly db?: Database;
  readonly mail: AuthMail;
  readonly signer: Signer;
  readonly appUrl: string;
  /** False only on plain http in development. */
  readonly secureCookies: boolean;
  /** Counts tries; in this process only unless given. */
  readonly limiter?: RateLimiter;
  readonly clock?: Clock;
  readonly log?: Logger;
}

/** Creates the accounts of an app: who may log in, who is logged in, and the pages for both. */
export function createAuth(options: AuthOptions): Auth {
  const services = createServices(options);
  const { users, sessions, tokens, limits, later, cookie, secondFactors } = services;

  async function change(userId: string, changes: Parameters<UserStore["update"]>[1]): Promise<void> {
    if (!(await users.findById(userId))) throw unknownUser({ id: userId });
    await users.update(userId, changes);
  }

  const auth: Auth = {
    users,
    sessions,
    appUrl: services.appUrl,
    afterLogin: services.afterLogin,
    now: () => services.clock.now(),
    middleware: () => readSession(services, auth),
    parts: () => [
      loginPart(services),
      secondStepPart(services),
      ...(options.canRegister === false ? [] : [registerPart(services)]),
      passwordResetPart(services),
      verifyEmailPart(services),
      changeEmailPart(services),
      accountPart(services),
      confirmPasswordPart(services),
      secondFactorPart(services),
    ],
    addUser: (user) => addUser(services, user),
    async logIn(c, user, { isRemembered = false } = {}) {
      const session = await startSession(services, c, { user, isRemembered });
      if (!session) throw unknownUser({ id: user.id });
      return session;
    },
    logOut: (c: Context) => logOut(services, c),
    onSessionEnd: (listener) => sessions.onEnd(listener),
    async changeRole(userId, role) {
      await change(userId, { role });
      await services.audit(null, { action: "role-changed", userId, details: { role } });
      await sessions.endAll(userId, "role-changed");
    },
    async disable(userId) {
      await change(userId, { disabledAt: services.clock.now() });
      await services.audit(null, { action: "account-disabled", userId });
      await tokens.deleteForUser(userId);
      await sessions.endAll(userId, "disabled");
    },
    async enable(userId) {
      await change(userId, { disabledAt: null });
      await services.audit(null, { action: "account-enabled", userId });
    },
    async deleteUser(userId) {
      await sessions.endAll(userId, "deleted");
      await tokens.deleteForUser(userId);
      await secondFactors.turnOff(userId);
      await deletePicture(services, (await users.findById(userId))?.avatarUrl ?? null);
      await users.delete(userId);
      await services.audit(null, { action: "account-deleted", userId });
    },
    unlock: (email) => limits.unlock(email),
    deleteExpired: async () => ({ sessions: await sessions.deleteExpired(), tokens: await tokens.deleteExpired() }),
    idle: () => later.idle(),
  };
  return auth;

  async function logOut(from: AuthServices, c: Context): Promise<void> {
    const session = c.get("session");
    if (session) await from.sessions.end(session.userId, session.id, "logout");
    cookie.drop(c);
    c.set("user", null);
    c.set("session", null);
  }
}

function createServices(options: AuthOptions): AuthServices {
  const { clock = systemClock, log = silentLogger, mail, appUrl, signer } = options;
  const stores = openStores(options, clock);
  const limiter = options.limiter ?? createRateLimiter({ store: createMemoryRateLimits({ clock }) });
  const minPasswordLength = Math.max(8, options.passwords?.minLength ?? 12);
  const users = endingLinks(stores.users, stores.tokens);
  return {
    users,
    sessions: createSessions({ ...options.sessionTimes, store: stores.sessions, users, clock, log }),
    tokens: createTokens({ store: stores.tokens, clock }),
    passwords: createPasswords(options.passwords),
    rules: createPasswordRules({ minLength: minPasswordLength, appName: mail.appName }),
    minPasswordLength,
    limits: createAttemptLimits({ limiter, signer }, options.limits),
    cookie: createSessionCookie({ isSecure: options.secureCookies, clock }),
    registration: createRegistrationCookie({ signer, isSecure: options.secureCookies, clock }),
    pictures: options.pictures ?? createMemoryUploadStore(),
    pending: createPendingLogin({ signer, isSecure: options.secureCookies, clock }),
    secondFactors: createSecondFactors({ store: stores.secondFactors, signer, clock }),
    mail,
    later: createAfterResponse(log),
    clock,
    hooks: options.hooks ?? {},
    appUrl,
    afterLogin: options.afterLogin ?? "/",
    afterLogout: options.afterLogout ?? "/login",
    tellsTaken: options.tellsTaken ?? false,
    audit: createAudit({ store: stores.audit, log, clock }),
  };
}

/** The users, with links that end when an address changes: those in the old mailbox must not open the account any more. */
function endingLinks(users: UserStore, tokens: TokenStore): UserStore {
  return {
    findById: (id) => users.findById(id),
    findByEmail: (email) => users.findByEmail(email),
    insert: (user) => users.insert(user),
    async update(id, changes) {
      const written = await users.update(id, changes);
      if (written.ok && changes.email !== undefined) await tokens.deleteForUser(id);
      return written;
    },
    delete: (id) => users.delete(id),
  };
}

function openStores(options: AuthOptions, clock: Clock) {
  const { db, users, sessionStore, tokenStore, auditStore, secondFactorStore } = options;
  if (db) {
    return {
      users: users ?? createDatabaseUserStore(db, clock),
      sessions: sessionStore ?? createDatabaseSessionStore({ db, joinsUsers: users === undefined }),
      tokens: tokenStore ?? createDatabaseTokenStore(db),
      audit: auditStore ?? createDatabaseAuditStore(db),
      secondFactors: secondFactorStore ?? createDatabaseSecondFactorStore(db),
    };
  }
  if (!users || !sessionStore || !tokenStore || !auditStore || !secondFactorStore) throw missingStores();
  return { users, sessions: sessionStore, tokens: tokenStore, audit: auditStore, secondFactors: secondFactorStore };
}

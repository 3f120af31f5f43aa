import { type Clock, silentLogger, systemClock } from "../base/index.ts";
import { createMemoryUploadStore, type UploadStore } from "../forms/index.ts";
import { createMemoryRateLimits, createRateLimiter } from "../secure/index.ts";
import type { AuthMail, AuthOptions, LoginHooks } from "./auth.ts";
import { missingStores } from "./errors.ts";
import { createPasswordRules, type PasswordRules } from "./passwords/password-rules.ts";
import { createPasswords, type Passwords } from "./passwords/passwords.ts";
import { type AfterResponse, createAfterResponse } from "./safeguards/after-response.ts";
import { type AttemptLimits, createAttemptLimits } from "./safeguards/attempt-limits.ts";
import { type Audit, createAudit } from "./safeguards/audit-log.ts";
import { createDatabaseAuditStore } from "./safeguards/audit-stores.ts";
import { createRegistrationCookie, type RegistrationCookie } from "./safeguards/registration-cookie.ts";
import { createDatabaseSecondFactorStore } from "./second-factor/database-second-factor-store.ts";
import { createPendingLogin, type PendingLogin } from "./second-factor/pending-login.ts";
import { createSecondFactors, type SecondFactors } from "./second-factor/second-factors.ts";
import { createDatabaseSessionStore } from "./sessions/database-session-store.ts";
import { createSessionCookie, createSessions, type SessionCookie, type Sessions } from "./sessions/sessions.ts";
import { createDatabaseTokenStore } from "./tokens/database-token-store.ts";
import { createTokens, type TokenStore, type Tokens } from "./tokens/tokens.ts";
import { createDatabaseUserStore } from "./users/database-user-store.ts";
import type { UserStore } from "./users/user.ts";

/** What the account pages work with: the app's options, with every default filled in. */
export interface AuthServices {
  readonly users: UserStore;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly passwords: Passwords;
  readonly rules: PasswordRules;
  readonly limits: AttemptLimits;
  readonly cookie: SessionCookie;
  readonly registration: RegistrationCookie;
  readonly pictures: UploadStore;
  readonly pending: PendingLogin;
  readonly secondFactors: SecondFactors;
  readonly mail: AuthMail;
  readonly later: AfterResponse;
  readonly clock: Clock;
  readonly hooks: LoginHooks;
  readonly appUrl: string;
  readonly afterLogin: string;
  readonly afterLogout: string;
  readonly canRegister: boolean;
  /** Whether the registration form says that an address is taken. If not, the owner of the address gets a mail instead. */
  readonly tellsTaken: boolean;
  readonly audit: Audit;
  /** Deletes the entries that have been kept for long enough. Returns how many. */
  deleteOldAudits(): Promise<number>;
}

const yearMs = 365 * 24 * 60 * 60 * 1000;

/** Fills in the defaults and creates what the pages need. */
export function createAuthServices(options: AuthOptions): AuthServices {
  const { clock = systemClock, log = silentLogger, mail, appUrl, signer, secureCookies: isSecure } = options;
  const stores = openStores(options, clock);
  const limiter = options.limiter ?? createRateLimiter({ store: createMemoryRateLimits({ clock }) });
  const users = withLinksEnded(stores.users, stores.tokens);
  const { keepAuditMs = yearMs } = options;
  return {
    users,
    sessions: createSessions({ ...options.sessionTimes, store: stores.sessions, users, clock, log }),
    tokens: createTokens({ store: stores.tokens, clock }),
    passwords: createPasswords(options.passwords),
    rules: createPasswordRules({ ...options.passwords, appName: mail.appName }),
    limits: createAttemptLimits({ limiter, signer }, options.limits),
    cookie: createSessionCookie({ isSecure, clock }),
    registration: createRegistrationCookie({ signer, isSecure, clock }),
    pictures: options.pictures ?? createMemoryUploadStore(),
    pending: createPendingLogin({ signer, isSecure, clock }),
    secondFactors: createSecondFactors({ store: stores.secondFactors, signer, clock }),
    mail,
    later: createAfterResponse(log),
    clock,
    hooks: options.hooks ?? {},
    appUrl,
    afterLogin: options.afterLogin ?? "/",
    afterLogout: options.afterLogout ?? "/login",
    canRegister: options.canRegister ?? true,
    tellsTaken: options.tellsTaken ?? false,
    audit: createAudit({ store: stores.audit, log, clock }),
    deleteOldAudits: async () =>
      Number.isFinite(keepAuditMs) ? await stores.audit.deleteBefore(clock.now() - keepAuditMs) : 0,
  };
}

/** The user store, ending all mailed links when an address changes: links in the old mailbox must not open the account. */
function withLinksEnded(users: UserStore, tokens: TokenStore): UserStore {
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

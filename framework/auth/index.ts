export type {
  AddedUser,
  Auth,
  AuthMail,
  AuthOptions,
  AuthPart,
  AuthSettings,
  LoginHooks,
  LoginVerdict,
  NewAccount,
} from "./auth.ts";
export { auditStoreChecks } from "./conformance/audit-store-conformance.ts";
export { secondFactorStoreChecks } from "./conformance/second-factor-store-conformance.ts";
export { sessionStoreChecks } from "./conformance/session-store-conformance.ts";
export type { StoreSubject, UserDataSubject } from "./conformance/stores.ts";
export { tokenStoreChecks } from "./conformance/token-store-conformance.ts";
export { userStoreChecks } from "./conformance/user-store-conformance.ts";
export { createAuth } from "./create-auth.ts";
export { createGuard, type Guard, type GuardOptions, type GuardVariables, type GuardVerdict } from "./guard.ts";
export {
  isRecentLogin,
  type LoggedIn,
  RequireGuest,
  RequireLogin,
  RequireRecentLogin,
  RequireRole,
  RequireVerifiedEmail,
} from "./guards.ts";
export type { VerifyBcrypt } from "./passwords/bcrypt.ts";
export { createPasswords, type PasswordCheck, type PasswordOptions, type Passwords } from "./passwords/passwords.ts";
export type { AttemptLimitOptions } from "./safeguards/attempt-limits.ts";
export type { AuditAction, AuditEntry, AuditRecord, AuditStore } from "./safeguards/audit-log.ts";
export { createDatabaseAuditStore, createMemoryAuditStore } from "./safeguards/audit-stores.ts";
export { createDatabaseSecondFactorStore } from "./second-factor/database-second-factor-store.ts";
export { createMemorySecondFactorStore } from "./second-factor/memory-second-factor-store.ts";
export type { SecondFactorStore, StoredSecondFactor } from "./second-factor/second-factors.ts";
export { totpCode } from "./second-factor/totp.ts";
export { createDatabaseSessionStore, type DatabaseSessionStoreOptions } from "./sessions/database-session-store.ts";
export { createMemorySessionStore } from "./sessions/memory-session-store.ts";
export type { Session, SessionChanges, SessionEnd, SessionEndReason, SessionStore } from "./sessions/session.ts";
export {
  type SessionStart,
  type Sessions,
  type SessionTimes,
  type StartedSession,
  sessionCookie,
} from "./sessions/sessions.ts";
export { createDatabaseTokenStore } from "./tokens/database-token-store.ts";
export { createMemoryTokenStore } from "./tokens/memory-token-store.ts";
export type { StoredToken, TokenPurpose, TokenStore } from "./tokens/tokens.ts";
export { createDatabaseUserStore } from "./users/database-user-store.ts";
export { createMemoryUserStore } from "./users/memory-user-store.ts";
export {
  normalizeEmail,
  type User,
  type UserChanges,
  type UserRecord,
  type UserStore,
  type UserWrite,
} from "./users/user.ts";

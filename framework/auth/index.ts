export type { AttemptLimitOptions } from "./attempt-limits.ts";
export type { AuditAction, AuditEntry, AuditRecord, AuditStore } from "./audit-log.ts";
export { createDatabaseAuditStore, createMemoryAuditStore } from "./audit-stores.ts";
export type { AddedUser, Auth, AuthPart, NewAccount } from "./auth.ts";
export type { AuthMail, LoginHooks, LoginVerdict } from "./auth-services.ts";
export type { VerifyBcrypt } from "./bcrypt.ts";
export { type AuthOptions, type AuthSettings, createAuth } from "./create-auth.ts";
export { createDatabaseSecondFactorStore } from "./database-second-factor-store.ts";
export { createDatabaseSessionStore, type DatabaseSessionStoreOptions } from "./database-session-store.ts";
export { createDatabaseTokenStore } from "./database-token-store.ts";
export { createDatabaseUserStore } from "./database-user-store.ts";
export {
  isRecentLogin,
  RequireGuest,
  RequireLogin,
  RequireRecentLogin,
  RequireRole,
  RequireVerifiedEmail,
} from "./guards.ts";
export { createMemorySecondFactorStore } from "./memory-second-factor-store.ts";
export { createMemorySessionStore } from "./memory-session-store.ts";
export { createMemoryTokenStore } from "./memory-token-store.ts";
export { createMemoryUserStore } from "./memory-user-store.ts";
export { createPasswords, type PasswordCheck, type PasswordOptions, type Passwords } from "./passwords.ts";
export type { SecondFactorStore, StoredSecondFactor } from "./second-factor-store.ts";
export { type SecondFactorCheck, secondFactorChecks } from "./second-factor-store-conformance.ts";
export type { Session, SessionEnd, SessionEndReason } from "./session.ts";
export { sessionCookie } from "./session-cookie.ts";
export type { SessionChanges, SessionStore } from "./session-store.ts";
export type { SessionStart, Sessions, SessionTimes, StartedSession } from "./sessions.ts";
export { type StoreCheck, type Stores, storeChecks } from "./store-conformance.ts";
export type { StoredToken, TokenPurpose, TokenStore } from "./token-store.ts";
export { totpCode } from "./totp.ts";
export { normalizeEmail, type User, type UserRecord } from "./user.ts";
export type { UserChanges, UserStore, UserWrite } from "./user-store.ts";

import type { SessionEndReason } from "../sessions/session.ts";

/** What can happen to an account. */
export type AuditAction =
  | "registered"
  | "register-refused"
  | "login"
  | "login-failed"
  | "login-limited"
  | "logout"
  | "email-verified"
  | "password-reset-asked"
  | "password-reset"
  | "password-changed"
  | "password-confirmed"
  | "password-confirm-failed"
  | "email-change-asked"
  | "email-change-approved"
  | "email-changed"
  | "profile-changed"
  | "session-revoked"
  | "sessions-revoked"
  | "second-factor-on"
  | "second-factor-off"
  | "second-factor-failed"
  | "second-factor-limited"
  | "recovery-code-used"
  | "recovery-codes-renewed"
  | "role-changed"
  | "account-disabled"
  | "account-enabled"
  | "account-deleted";

/** One thing that happened. Holds no address of a person, no password and no token. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly userId?: string | null;
  readonly sessionId?: string | null;
  readonly address?: string | null;
  readonly userAgent?: string | null;
  readonly details?: Readonly<Record<string, string | number | boolean | null>> & {
    readonly reason?: SessionEndReason | string;
  };
}

/** An entry as it was kept. */
export interface AuditRecord extends AuditEntry {
  readonly at: number;
}

/** Keeps what happened to accounts. */
export interface AuditStore {
  add(record: AuditRecord): Promise<void>;
  /** The newest entries of a user. */
  list(userId: string, limit: number): Promise<readonly AuditRecord[]>;
}

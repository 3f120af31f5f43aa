import type { Context } from "hono";
import type { Clock, Logger } from "../../base/index.ts";
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

/** Something that happened to an account. Contains no email addresses, passwords or tokens. */
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

/** An entry as stored. */
export interface AuditRecord extends AuditEntry {
  readonly at: number;
}

/** Where the audit log is stored. */
export interface AuditStore {
  add(record: AuditRecord): Promise<void>;
  /** A user's entries, newest first. */
  list(userId: string, limit: number): Promise<readonly AuditRecord[]>;
  /** Deletes entries older than this time. Returns how many. */
  deleteBefore(at: number): Promise<number>;
}

/** Records an entry in the audit log and in the app's log. */
export type Audit = (c: Context | null, entry: AuditEntry) => Promise<void>;

export interface AuditOptions {
  readonly store: AuditStore;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Creates the audit log. An entry that can't be stored is still logged. */
export function createAudit({ store, log, clock }: AuditOptions): Audit {
  return async (c, entry) => {
    const facts = c ? { ...requestFacts(c), sessionId: c.get("session")?.id ?? null } : {};
    const record = { ...facts, ...entry, at: clock.now() };
    log.info({ ...record, requestId: c?.get("requestId") }, `account: ${entry.action}`);
    try {
      await store.add(record);
    } catch (error) {
      log.error({ err: error, action: entry.action }, "could not store an audit entry");
    }
  };
}

/** What a request says about its sender. */
export function requestFacts(c: Context): { readonly address: string; readonly userAgent: string | null } {
  const address: string | undefined = c.get("clientAddress");
  return { address: address ?? "unknown", userAgent: c.req.header("User-Agent")?.slice(0, 500) ?? null };
}

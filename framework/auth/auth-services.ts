import type { Context } from "hono";
import type { Mail } from "../../mail/index.ts";
import { type Clock, KitError, type Logger } from "../base/index.ts";
import type { UploadStore } from "../forms/index.ts";
import type { PasswordRules } from "./passwords/password-rules.ts";
import type { Passwords } from "./passwords/passwords.ts";
import type { AfterResponse } from "./safeguards/after-response.ts";
import type { AttemptLimits } from "./safeguards/attempt-limits.ts";
import type { AuditEntry, AuditStore } from "./safeguards/audit-log.ts";
import type { RegistrationCookie } from "./safeguards/registration-cookie.ts";
import type { PendingLogin } from "./second-factor/pending-login.ts";
import type { SecondFactors } from "./second-factor/second-factors.ts";
import type { SessionCookie, Sessions } from "./sessions/sessions.ts";
import type { Tokens } from "./tokens/tokens.ts";
import type { User, UserStore } from "./users/user.ts";

/** What an app may do around a log-in. */
export interface LoginHooks {
  /** Runs when the password was right; may refuse with a sentence for the visitor. */
  readonly beforeLogin?: (user: User, c: Context) => Promise<LoginVerdict> | LoginVerdict;
  readonly afterLogin?: (user: User, c: Context) => Promise<void> | void;
}

export type LoginVerdict = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** The mail of an app, as far as this room needs it. */
export type AuthMail = Pick<Mail, "appName" | "messages" | "sendLater">;

/** What the pages of this room work with. */
export interface AuthServices {
  readonly users: UserStore;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly passwords: Passwords;
  readonly rules: PasswordRules;
  readonly minPasswordLength: number;
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
  /** Whether registering with a taken address says so, or writes to its owner instead. */
  readonly tellsTaken: boolean;
  /** Keeps an entry in the table and in the log. */
  audit(c: Context | null, entry: AuditEntry): Promise<void>;
}

/** What a request tells about its sender. */
export function requestFacts(c: Context): { readonly address: string; readonly userAgent: string | null } {
  const address: string | undefined = c.get("clientAddress");
  return { address: address ?? "unknown", userAgent: c.req.header("User-Agent")?.slice(0, 500) ?? null };
}

/** Runs what hashes a password; when too many wait already, the 503 that follows says when to come back. */
export async function whenNotBusy<T>(c: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KitError && error.status === 503) c.header("Retry-After", "5");
    throw error;
  }
}

export interface AuditOptions {
  readonly store: AuditStore;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Writes each entry to the store and to the log; an entry that cannot be stored is in the log at least. */
export function createAudit({ store, log, clock }: AuditOptions): AuthServices["audit"] {
  return async (c, entry) => {
    const facts = c ? { ...requestFacts(c), sessionId: c.get("session")?.id ?? null } : {};
    const record = { ...facts, ...entry, at: clock.now() };
    log.info({ ...record, requestId: c?.get("requestId") }, `account: ${entry.action}`);
    try {
      await store.add(record);
    } catch (error) {
      log.error({ error, action: entry.action }, "an audit entry could not be stored");
    }
  };
}

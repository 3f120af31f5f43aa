import type { Context, Hono, MiddlewareHandler } from "hono";
import type { Mail } from "../../mail/index.ts";
import type { Clock, Logger } from "../base/index.ts";
import type { Database } from "../db/index.ts";
import type { UploadStore } from "../forms/index.ts";
import type { RateLimiter, Signer } from "../secure/index.ts";
import type { PasswordOptions } from "./passwords/passwords.ts";
import type { AttemptLimitOptions } from "./safeguards/attempt-limits.ts";
import type { AuditStore } from "./safeguards/audit-log.ts";
import type { SecondFactorStore } from "./second-factor/second-factors.ts";
import type { Session, SessionEnd, SessionStore } from "./sessions/session.ts";
import type { Sessions, SessionTimes } from "./sessions/sessions.ts";
import type { TokenStore } from "./tokens/tokens.ts";
import type { User, UserStore } from "./users/user.ts";

/** Hooks that let an app take part in logins. */
export interface LoginHooks {
  /** Runs after the password was accepted. Can refuse the login with a message for the visitor. */
  readonly beforeLogin?: (user: User, c: Context) => Promise<LoginVerdict> | LoginVerdict;
  readonly afterLogin?: (user: User, c: Context) => Promise<void> | void;
}

export type LoginVerdict = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** The account settings of an app. */
export interface AuthSettings {
  /** Where a login leads if no page asked for it; default: `/`. */
  readonly afterLogin?: string;
  /** Where a logout leads; default: `/login`. */
  readonly afterLogout?: string;
  readonly sessionTimes?: SessionTimes;
  /** Hashing, and the `minLength` of new passwords; default: 12, at least 8. */
  readonly passwords?: PasswordOptions & { readonly minLength?: number };
  readonly limits?: AttemptLimitOptions;
  readonly hooks?: LoginHooks;
  /** Set to false to remove the registration page. */
  readonly canRegister?: boolean;
  /** Lets the registration form say that an address is taken, which reveals who has an account; default: false. */
  readonly tellsTaken?: boolean;
  /** Your own stores instead of the database tables. */
  readonly users?: UserStore;
  readonly sessionStore?: SessionStore;
  readonly tokenStore?: TokenStore;
  readonly auditStore?: AuditStore;
  /** How long entries of the audit log are kept, in milliseconds; default: 365 days. `Infinity` keeps them. */
  readonly keepAuditMs?: number;
  readonly secondFactorStore?: SecondFactorStore;
  /** Where profile pictures are stored; default: beside the SQLite file, otherwise in `data/uploads`. */
  readonly pictures?: UploadStore;
}

/** The parts of an app's mail that accounts need. */
export type AuthMail = Pick<Mail, "appName" | "messages" | "sendLater">;

export interface AuthOptions extends AuthSettings {
  readonly db?: Database;
  readonly mail: AuthMail;
  readonly signer: Signer;
  readonly appUrl: string;
  /** Set to false only on plain http in development. */
  readonly secureCookies: boolean;
  /** Counts attempts; default: in this process only. */
  readonly limiter?: RateLimiter;
  readonly clock?: Clock;
  readonly log?: Logger;
}

/** A named group of account routes. If an app has a part of the same name, the app's part is mounted instead. */
export interface AuthPart {
  readonly name: string;
  mount(app: Hono): void;
}

/** An account to create in code. */
export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly password?: string;
  /** Default: `member`. */
  readonly role?: string;
  /** Default: true. */
  readonly isVerified?: boolean;
}

/** `taken`: the address already has an account, which was left unchanged. */
export type AddedUser = { readonly ok: true; readonly user: User } | { readonly ok: false; readonly reason: "taken" };

/** The accounts of an app: `kit.auth`. */
export interface Auth {
  readonly users: UserStore;
  readonly sessions: Sessions;
  /** Sets `c.var.user`, `c.var.session` and `c.var.auth`. Install it before CSRF and all routes. */
  middleware(): MiddlewareHandler;
  /** The account pages, in parts that an app can replace by name: `login`, `register`, `password-reset` … */
  parts(): readonly AuthPart[];
  /** Where a login leads if no page asked for it. */
  readonly afterLogin: string;
  /** The current time in milliseconds since the epoch, from the clock that accounts use. */
  now(): number;
  /** The application's URL. */
  readonly appUrl: string;
  /**
   * Creates an account without a form: for seeds, the first admin, or accounts imported from another system. The address counts as
   * confirmed by default. Users without a password choose one through the link for forgotten passwords.
   */
  addUser(user: NewAccount): Promise<AddedUser>;
  /** Logs a user in without a password and ends the browser's previous session. Throws `AUTH_UNKNOWN_USER` if the user is disabled or gone. */
  logIn(c: Context, user: User, options?: { readonly isRemembered?: boolean }): Promise<Session>;
  /** Ends this browser's session. */
  logOut(c: Context): Promise<void>;
  /** Calls the listener for every session that ends early, so that it can end what runs for it. Returns a function that unsubscribes. */
  onSessionEnd(listener: (end: SessionEnd) => void | Promise<void>): () => void;
  /** Changes a user's role and ends their sessions, because open pages and streams keep the rights they were opened with. */
  changeRole(userId: string, role: string): Promise<void>;
  /** Locks a user out immediately, until `enable` is called. */
  disable(userId: string): Promise<void>;
  enable(userId: string): Promise<void>;
  /** Deletes a user with their sessions and tokens. */
  deleteUser(userId: string): Promise<void>;
  /** Lifts the block after too many login attempts. */
  unlock(email: string): Promise<void>;
  /** Deletes expired sessions and tokens, and old entries of the audit log. The kit does this every hour. */
  deleteExpired(): Promise<{ readonly sessions: number; readonly tokens: number; readonly auditEntries: number }>;
  /** Waits for work that continues after a response, such as mails. Call it before closing the database. */
  idle(): Promise<void>;
}

declare module "hono" {
  interface ContextVariableMap {
    /** The logged-in user. */
    user: User | null;
    /** The session this request belongs to. */
    session: Session | null;
    auth: Auth;
  }
}

import type { Context, Hono, MiddlewareHandler } from "hono";
import type { Session, SessionEnd } from "./sessions/session.ts";
import type { Sessions } from "./sessions/sessions.ts";
import type { User, UserStore } from "./users/user.ts";

/** Routes of this room under one name, mounted by the kit; an app's part of the same name takes its place. */
export interface AuthPart {
  readonly name: string;
  mount(app: Hono): void;
}

/** An account to be made by code. */
export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly password?: string;
  /** `member` unless given. */
  readonly role?: string;
  /** True unless given. */
  readonly isVerified?: boolean;
}

/** `taken`: the address has an account already, which is left as it is. */
export type AddedUser = { readonly ok: true; readonly user: User } | { readonly ok: false; readonly reason: "taken" };

/** What `kit.auth` offers. */
export interface Auth {
  readonly users: UserStore;
  readonly sessions: Sessions;
  /** Finds out who is asking: sets `c.var.user`, `c.var.session` and `c.var.auth`. Goes before CSRF and all routes. */
  middleware(): MiddlewareHandler;
  /** The pages: `login`, `register`, `password-reset`, `verify-email`, `change-email`, `account`, `confirm-password`. */
  parts(): readonly AuthPart[];
  /** Where the log-in page leads when it was visited for its own sake. */
  readonly afterLogin: string;
  /** The time by the clock of this room, in milliseconds since the epoch. */
  now(): number;
  /** The address of the application. */
  readonly appUrl: string;
  /**
   * Makes an account without a form: for seeds, for the first admin, for accounts taken over from elsewhere. The address counts as
   * confirmed unless told otherwise; without a password its owner chooses one by the link for forgotten ones.
   */
  addUser(user: NewAccount): Promise<AddedUser>;
  /** Logs a user in by other means than a password. Ends the session that this browser had. Throws `AUTH_UNKNOWN_USER` for who is disabled or gone. */
  logIn(c: Context, user: User, options?: { readonly isRemembered?: boolean }): Promise<Session>;
  /** Ends this browser's session. */
  logOut(c: Context): Promise<void>;
  /** Hears of every session that ends before its time, to end what runs for it. The function returned stops that. */
  onSessionEnd(listener: (end: SessionEnd) => void | Promise<void>): () => void;
  /** Gives a user another role; their sessions end, since rights that were granted stay with what is open. */
  changeRole(userId: string, role: string): Promise<void>;
  /** Keeps a user out, at once and until `enable`. */
  disable(userId: string): Promise<void>;
  enable(userId: string): Promise<void>;
  /** Deletes a user with sessions and tokens. */
  deleteUser(userId: string): Promise<void>;
  /** Lets an account be logged in to again at once after too many tries. */
  unlock(email: string): Promise<void>;
  /** Deletes what has expired; for a periodic job. */
  deleteExpired(): Promise<{ readonly sessions: number; readonly tokens: number }>;
  /** Waits for work that began when an answer was on its way, such as mails; call it before closing the database. */
  idle(): Promise<void>;
}

declare module "hono" {
  interface ContextVariableMap {
    /** Who is logged in. */
    user: User | null;
    /** The login that this request belongs to. */
    session: Session | null;
    auth: Auth;
  }
}

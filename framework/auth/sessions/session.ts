import type { UserRecord } from "../users/user.ts";

/** One login on one device. Times are milliseconds since the epoch. */
export interface Session {
  /** SHA-256 of the token that only the browser has. Safe to show to the session's own user. */
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** When the session ends if it isn't used again. */
  readonly expiresAt: number;
  /** When the session ends no matter how much it is used. */
  readonly absoluteExpiresAt: number;
  /** Whether the session survives closing the browser. */
  readonly isRemembered: boolean;
  /** Until when sensitive changes don't ask for the password again. */
  readonly sudoUntil: number | null;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** Why a session ended. `rotated` means the same login continues under a new id. */
export type SessionEndReason =
  | "logout"
  | "revoked"
  | "rotated"
  | "password-changed"
  | "disabled"
  | "deleted"
  | "role-changed"
  | "limit";

/** Passed to `onSessionEnd` listeners, which must end everything that still runs for this session. */
export interface SessionEnd {
  readonly sessionId: string;
  readonly userId: string;
  readonly reason: SessionEndReason;
}

/** The fields that change while a session lives. */
export type SessionChanges = Partial<Pick<Session, "id" | "lastSeenAt" | "expiresAt" | "sudoUntil">>;

/** Where sessions are stored. Only sees hashes of tokens, so a stolen copy can't log in. */
export interface SessionStore {
  insert(session: Session): Promise<void>;
  /** Returns the session even if it has expired. */
  find(id: string): Promise<Session | null>;
  /** Returns the session and its user in one query. Omit it if users live elsewhere. */
  findWithUser?(id: string): Promise<{ readonly session: Session; readonly user: UserRecord } | null>;
  /** Updates a session, including its id. Returns whether it existed: of two concurrent rotations only one wins. */
  update(id: string, changes: SessionChanges): Promise<boolean>;
  /** All sessions of a user, most recently used first. */
  list(userId: string): Promise<readonly Session[]>;
  /** Returns whether the session existed. */
  delete(id: string): Promise<boolean>;
  /** Deletes sessions that expired before `now` and returns how many. */
  deleteExpired(now: number): Promise<number>;
}

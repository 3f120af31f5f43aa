/** One login on one device. Times are milliseconds since the epoch. */
export interface Session {
  /** SHA-256 of the token that only the browser has; safe to show to the session's own user. */
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** When it ends unless it is used before. */
  readonly expiresAt: number;
  /** When it ends however much it is used. */
  readonly absoluteExpiresAt: number;
  /** Whether it outlives the browser's window. */
  readonly isRemembered: boolean;
  /** Until when sensitive changes need no password again. */
  readonly sudoUntil: number | null;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** Why a session ended. `rotated` means that the same login goes on under a new id. */
export type SessionEndReason =
  | "logout"
  | "revoked"
  | "rotated"
  | "password-changed"
  | "disabled"
  | "deleted"
  | "role-changed"
  | "limit";

/** Told to `onSessionEnd`: everything that still runs for this session must end. */
export interface SessionEnd {
  readonly sessionId: string;
  readonly userId: string;
  readonly reason: SessionEndReason;
}

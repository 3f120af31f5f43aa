import type { UserRecord } from "../users/user.ts";
import type { Session } from "./session.ts";

/** What changes while a session lives. */
export type SessionChanges = Partial<Pick<Session, "id" | "lastSeenAt" | "expiresAt" | "sudoUntil">>;

/** Where sessions are kept. Knows hashes of tokens only, so what is stored cannot log in. */
export interface SessionStore {
  insert(session: Session): Promise<void>;
  /** The session, expired or not. */
  find(id: string): Promise<Session | null>;
  /** The session and its user in one question; left out where users live elsewhere. */
  findWithUser?(id: string): Promise<{ readonly session: Session; readonly user: UserRecord } | null>;
  /** Changes a session, its id too; says whether it was there, so that of two rotations at once one wins. */
  update(id: string, changes: SessionChanges): Promise<boolean>;
  /** All sessions of a user, the most recently used first. */
  list(userId: string): Promise<readonly Session[]>;
  /** Says whether it was there. */
  delete(id: string): Promise<boolean>;
  /** Deletes what ended before this moment; says how many. */
  deleteExpired(now: number): Promise<number>;
}

import { type Clock, hashToken, type Logger, randomToken } from "../../base/index.ts";
import type { UserStore } from "../users/user-store.ts";
import { createLuciaEngine, type Recognized } from "./lucia-engine.ts";
import type { Session, SessionEnd, SessionEndReason } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

/** How long sessions live, in milliseconds. */
export interface SessionTimes {
  /** Without being used; 14 days unless given. */
  readonly idleMs?: number;
  /** At most, however much they are used; 30 days unless given. */
  readonly absoluteMs?: number;
  /** How often use is written down; once an hour unless given. */
  readonly refreshMs?: number;
  /** How long after the password was given sensitive changes need none; 10 minutes unless given. */
  readonly sudoMs?: number;
  /** How many at once for one user, the oldest ends first; no limit unless given. */
  readonly maxPerUser?: number;
}

/** A token fresh from the generator and its session; the token is shown to the browser and kept nowhere. */
export interface StartedSession {
  readonly token: string;
  readonly session: Session;
}

export interface SessionStart {
  readonly userId: string;
  readonly isRemembered: boolean;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** The logins that are open. */
export interface Sessions {
  start(start: SessionStart): Promise<StartedSession>;
  /** Who a token belongs to, or null. `isRefreshed` when its end was moved, so that the cookie must follow. */
  recognize(token: string): Promise<(Recognized & { readonly isRefreshed: boolean }) | null>;
  /** Gives the session a new token and, with `sudo`, the right to sensitive changes; the old token is dead at once. Null when it was gone. */
  rotate(session: Session, options?: { readonly sudo?: boolean }): Promise<StartedSession | null>;
  list(userId: string): Promise<readonly Session[]>;
  /** Ends one session of this user; says whether it was there and theirs. */
  end(userId: string, sessionId: string, reason: SessionEndReason): Promise<boolean>;
  /** Ends all sessions of a user, but one if wanted; says how many. */
  endAll(userId: string, reason: SessionEndReason, exceptId?: string): Promise<number>;
  deleteExpired(): Promise<number>;
  /** Hears of every session that ends before its time; the function returned stops that. */
  onEnd(listener: (end: SessionEnd) => void | Promise<void>): () => void;
}

export interface SessionsOptions extends SessionTimes {
  readonly store: SessionStore;
  readonly users: UserStore;
  readonly clock: Clock;
  readonly log: Logger;
}

const day = 24 * 60 * 60 * 1000;
const mostRounds = 10;
const tokenShape = /^[\w-]{43}$/;

/** Opens and closes sessions. Tokens have 256 bit; only their hashes reach the store. */
export function createSessions(options: SessionsOptions): Sessions {
  const { store, users, clock, log } = options;
  const { idleMs = 14 * day, absoluteMs = 30 * day, refreshMs = 60 * 60 * 1000, sudoMs = 10 * 60 * 1000 } = options;
  const engine = createLuciaEngine({ store, users, clock, idleMs });
  const listeners = new Set<(end: SessionEnd) => void | Promise<void>>();

  async function tell(end: SessionEnd): Promise<void> {
    for (const listener of listeners) {
      try {
        await listener(end);
      } catch (error) {
        // The session is gone whatever a listener does; the others must still hear of it.
        log.error({ error, reason: end.reason }, "a listener of ended sessions failed");
      }
    }
  }

  async function end(session: Session, reason: SessionEndReason): Promise<boolean> {
    const wasThere = await store.delete(session.id);
    if (wasThere) await tell({ sessionId: session.id, userId: session.userId, reason });
    return wasThere;
  }

  async function endOldest(userId: string): Promise<void> {
    if (options.maxPerUser === undefined) return;
    const all = [...(await store.list(userId))].sort((left, right) => right.createdAt - left.createdAt);
    for (const session of all.slice(options.maxPerUser)) await end(session, "limit");
  }

  return {
    async start(start) {
      const token = randomToken();
      const now = clock.now();
      const session: Session = {
        id: hashToken(token),
        ...start,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + Math.min(idleMs, absoluteMs),
        absoluteExpiresAt: now + absoluteMs,
        sudoUntil: now + sudoMs,
      };
      await engine.create(token, session);
      await endOldest(start.userId);
      return { token, session };
    },
    async recognize(token) {
      if (!tokenShape.test(token)) return null;
      const found = await engine.recognize(token);
      if (!found || found.user.disabledAt !== null) return null;
      const now = clock.now();
      if (now - found.session.lastSeenAt < refreshMs) return { ...found, isRefreshed: false };
      const expiresAt = Math.min(now + idleMs, found.session.absoluteExpiresAt);
      try {
        // Writing may wait long for its turn, and the session may end or get a new token until then.
        if (!(await store.update(found.session.id, { lastSeenAt: now, expiresAt }))) return null;
      } catch (error) {
        // Reading goes on while nothing can be written (a full or locked disk); the next request tries again.
        log.warn({ error }, "the use of a session could not be written down");
        return { ...found, isRefreshed: false };
      }
      return { user: found.user, session: { ...found.session, lastSeenAt: now, expiresAt }, isRefreshed: true };
    },
    async rotate(session, { sudo = false } = {}) {
      const token = randomToken();
      const sudoUntil = sudo ? clock.now() + sudoMs : session.sudoUntil;
      const changes = { id: hashToken(token), sudoUntil };
      if (!(await store.update(session.id, changes))) return null;
      await tell({ sessionId: session.id, userId: session.userId, reason: "rotated" });
      return { token, session: { ...session, ...changes } };
    },
    async list(userId) {
      const now = clock.now();
      return (await store.list(userId)).filter((session) => session.expiresAt > now);
    },
    async end(userId, sessionId, reason) {
      const session = await store.find(sessionId);
      return session?.userId === userId ? end(session, reason) : false;
    },
    async endAll(userId, reason, exceptId) {
      let count = 0;
      // Asked again until none is left: one may get a new id, or begin, between the list and its end.
      for (let round = 0; round < mostRounds; round++) {
        const others = (await store.list(userId)).filter((session) => session.id !== exceptId);
        if (others.length === 0) break;
        for (const session of others) if (await end(session, reason)) count += 1;
      }
      return count;
    },
    deleteExpired: () => store.deleteExpired(clock.now()),
    onEnd(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

import type { Context } from "hono";
import { type Clock, hashToken, type Logger, randomToken } from "../../base/index.ts";
import { dropCookie, readCookie, writeCookie } from "../../secure/index.ts";
import type { UserStore } from "../users/user.ts";
import { createLuciaEngine, type Recognized } from "./lucia-engine.ts";
import type { Session, SessionEnd, SessionEndReason, SessionStore } from "./session.ts";

/** How long sessions live, in milliseconds. */
export interface SessionTimes {
  /** How long a session lasts without being used; default: 14 days. */
  readonly idleMs?: number;
  /** How long a session lasts at most; default: 30 days. */
  readonly absoluteMs?: number;
  /** How often the last use is written to the store; default: once an hour, but at least ten times in `idleMs`. */
  readonly refreshMs?: number;
  /** How long after entering the password sensitive changes are allowed; default: 10 minutes. */
  readonly sudoMs?: number;
  /** How many sessions a user can have; beyond that, the oldest ends. Default: no limit. */
  readonly maxPerUser?: number;
}

/** A new token and its session. The token goes to the browser and is stored nowhere. */
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

/** The open logins. */
export interface Sessions {
  start(start: SessionStart): Promise<StartedSession>;
  /** Who a token belongs to, or null. If `isRefreshed`, the expiry moved and the cookie must follow. */
  recognize(token: string): Promise<(Recognized & { readonly isRefreshed: boolean }) | null>;
  /** Replaces the token, which stops working at once; `sudo` also allows sensitive changes. Null if the session is gone. */
  rotate(session: Session, options?: { readonly sudo?: boolean }): Promise<StartedSession | null>;
  list(userId: string): Promise<readonly Session[]>;
  /** Ends one session of this user. Returns whether it existed and was theirs. */
  end(userId: string, sessionId: string, reason: SessionEndReason): Promise<boolean>;
  /** Ends all sessions of a user, except `exceptId`. Returns how many. */
  endAll(userId: string, reason: SessionEndReason, exceptId?: string): Promise<number>;
  deleteExpired(): Promise<number>;
  /** Calls the listener for every session that ends early. Returns a function that unsubscribes. */
  onEnd(listener: (end: SessionEnd) => void | Promise<void>): () => void;
}

export interface SessionsOptions extends SessionTimes {
  readonly store: SessionStore;
  readonly users: UserStore;
  readonly clock: Clock;
  readonly log: Logger;
}

const day = 24 * 60 * 60 * 1000;
const maxRounds = 10;
const tokenShape = /^[\w-]{43}$/;

/** Starts, recognizes and ends sessions. Tokens have 256 bits; only their hashes reach the store. */
export function createSessions(options: SessionsOptions): Sessions {
  const { store, users, clock, log } = options;
  const { idleMs = 14 * day, absoluteMs = 30 * day, sudoMs = 10 * 60 * 1000 } = options;
  // Uses that aren't written don't extend the session.
  const refreshMs = Math.min(options.refreshMs ?? 60 * 60 * 1000, idleMs / 10);
  const engine = createLuciaEngine({ store, users, clock, idleMs });
  const listeners = new Set<(end: SessionEnd) => void | Promise<void>>();

  async function notify(end: SessionEnd): Promise<void> {
    for (const listener of listeners) {
      try {
        await listener(end);
      } catch (error) {
        // The session is already gone, and the other listeners must still be called.
        log.error({ err: error, reason: end.reason }, "an onSessionEnd listener failed");
      }
    }
  }

  async function end(session: Session, reason: SessionEndReason): Promise<boolean> {
    const wasThere = await store.delete(session.id);
    if (wasThere) await notify({ sessionId: session.id, userId: session.userId, reason });
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
        // The write may wait a long time, and the session may end or get a new token in the meantime.
        if (!(await store.update(found.session.id, { lastSeenAt: now, expiresAt }))) return null;
      } catch (error) {
        // Keep serving reads while the database can't be written (full or locked disk); the next request tries again.
        log.warn({ err: error }, "could not record the use of a session");
        return { ...found, isRefreshed: false };
      }
      return { user: found.user, session: { ...found.session, lastSeenAt: now, expiresAt }, isRefreshed: true };
    },
    async rotate(session, { sudo = false } = {}) {
      const token = randomToken();
      const sudoUntil = sudo ? clock.now() + sudoMs : session.sudoUntil;
      const changes = { id: hashToken(token), sudoUntil };
      if (!(await store.update(session.id, changes))) return null;
      await notify({ sessionId: session.id, userId: session.userId, reason: "rotated" });
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
      // Repeat until none is left: a session may start, or get a new id, between listing and ending.
      for (let round = 0; round < maxRounds; round++) {
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

/** Carries a session's token: `__Host-sid` over https, `sid` over plain http in development. */
export interface SessionCookie {
  read(c: Context): string | undefined;
  /** The cookie of a remembered session lasts as long as the session; any other ends with the browser. */
  write(c: Context, started: StartedSession): void;
  drop(c: Context): void;
}

/** The cookie's name without its prefix. */
export const sessionCookie = "sid";

/** Creates the reader and writer of the session cookie. */
export function createSessionCookie(options: { readonly isSecure: boolean; readonly clock: Clock }): SessionCookie {
  const { isSecure, clock } = options;
  return {
    read: (c) => readCookie(c, sessionCookie, isSecure),
    write(c, { token, session }) {
      const lifetime = { maxAgeSeconds: (session.expiresAt - clock.now()) / 1000 };
      writeCookie(c, { name: sessionCookie, value: token, isSecure, ...(session.isRemembered ? lifetime : {}) });
    },
    drop: (c) => dropCookie(c, sessionCookie, isSecure),
  };
}

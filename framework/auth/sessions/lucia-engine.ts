import { type Adapter, Lucia, TimeSpan } from "lucia";
import { type Clock, hashToken } from "../../base/index.ts";
import type { UserRecord, UserStore } from "../users/user.ts";
import type { Session, SessionStore } from "./session.ts";

declare module "lucia" {
  interface Register {
    Lucia: Lucia<{ record: Session }, { record: UserRecord }>;
    DatabaseSessionAttributes: { record: Session };
    DatabaseUserAttributes: { record: UserRecord };
  }
}

/** Who a token belongs to. */
export interface Recognized {
  readonly session: Session;
  readonly user: UserRecord;
}

/** Creates and recognizes sessions by token. */
export interface SessionEngine {
  create(token: string, session: Session): Promise<void>;
  /** The session and user of a valid token. Returns null if the session has expired, and deletes it. */
  recognize(token: string): Promise<Recognized | null>;
}

export interface LuciaEngineOptions {
  readonly store: SessionStore;
  readonly users: UserStore;
  readonly clock: Clock;
  readonly idleMs: number;
}

/** Runs sessions on lucia 3; no other file imports it. lucia sees tokens, the store sees only hashes. */
export function createLuciaEngine(options: LuciaEngineOptions): SessionEngine {
  const lucia = new Lucia(createAdapter(options), {
    sessionExpiresIn: new TimeSpan(options.idleMs, "ms"),
    getSessionAttributes: (attributes) => ({ record: attributes.record }),
    getUserAttributes: (attributes) => ({ record: attributes.record }),
  });
  return {
    async create(token, session) {
      await lucia.createSession(session.userId, { record: session }, { sessionId: token });
    },
    async recognize(token) {
      const { session, user } = await lucia.validateSession(token);
      if (!session) return null;
      return { session: session.record, user: user.record };
    },
  };
}

function createAdapter({ store, users, clock }: LuciaEngineOptions): Adapter {
  // lucia compares with the system clock. Ours may differ in tests, so times are shifted by the difference.
  const toMachine = (time: number) => new Date(time - clock.now() + Date.now());

  async function load(id: string): Promise<Recognized | null> {
    if (store.findWithUser) return store.findWithUser(id);
    const session = await store.find(id);
    const user = session ? await users.findById(session.userId) : null;
    return session && user ? { session, user } : null;
  }

  return {
    async getSessionAndUser(token) {
      const found = await load(hashToken(token));
      if (!found) return [null, null];
      const { session, user } = found;
      const expiresAt = toMachine(Math.min(session.expiresAt, session.absoluteExpiresAt));
      return [
        { id: token, userId: session.userId, expiresAt, attributes: { record: session } },
        { id: user.id, attributes: { record: user } },
      ];
    },
    setSession: ({ attributes }) => store.insert(attributes.record),
    async deleteSession(token) {
      await store.delete(hashToken(token));
    },
    // lucia calls this after half the idle time; `createSessions` extends more often, within the absolute lifetime.
    updateSessionExpiration: async () => {},
    // Never called: sessions are listed and ended by their stored hash, which lucia 3.2.2 would hash again.
    getUserSessions: async () => [],
    deleteUserSessions: async () => {},
    deleteExpiredSessions: async () => {},
  };
}

import type { Session, SessionStore } from "./session.ts";

/** Stores sessions in memory, for tests and experiments. */
export function createMemorySessionStore(): SessionStore {
  const sessions = new Map<string, Session>();
  return {
    async insert(session) {
      sessions.set(session.id, session);
    },
    find: async (id) => sessions.get(id) ?? null,
    async update(id, changes) {
      const session = sessions.get(id);
      if (!session) return false;
      sessions.delete(id);
      sessions.set(changes.id ?? id, { ...session, ...changes });
      return true;
    },
    list: async (userId) =>
      [...sessions.values()]
        .filter((session) => session.userId === userId)
        .sort((left, right) => right.lastSeenAt - left.lastSeenAt),
    delete: async (id) => sessions.delete(id),
    async deleteExpired(now) {
      const expired = [...sessions.values()].filter((session) => session.expiresAt <= now);
      for (const session of expired) sessions.delete(session.id);
      return expired.length;
    },
  };
}

import type { UserRecord, UserStore } from "./user.ts";

/** Stores users in memory, for tests and experiments. */
export function createMemoryUserStore(): UserStore {
  const users = new Map<string, UserRecord>();
  const byEmail = (email: string) => [...users.values()].find((user) => user.email === email) ?? null;
  return {
    findById: async (id) => users.get(id) ?? null,
    findByEmail: async (email) => byEmail(email),
    async insert(user) {
      if (byEmail(user.email)) return { ok: false, reason: "taken" };
      users.set(user.id, user);
      return { ok: true };
    },
    async update(id, changes) {
      const user = users.get(id);
      const holder = changes.email === undefined ? null : byEmail(changes.email);
      if (holder && holder.id !== id) return { ok: false, reason: "taken" };
      if (user) users.set(id, { ...user, ...changes });
      return { ok: true };
    },
    async delete(id) {
      users.delete(id);
    },
  };
}

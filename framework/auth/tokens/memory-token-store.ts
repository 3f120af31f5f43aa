import type { StoredToken, TokenStore } from "./tokens.ts";

/** Stores emailed tokens in memory, for tests and experiments. */
export function createMemoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  const deleteWhere = (matches: (token: StoredToken) => boolean) => {
    const matching = [...tokens.values()].filter(matches);
    for (const token of matching) tokens.delete(token.id);
    return matching.length;
  };
  return {
    async replace(token) {
      deleteWhere((other) => other.userId === token.userId && other.purpose === token.purpose);
      tokens.set(token.id, token);
    },
    find: async (id) => tokens.get(id) ?? null,
    take: async (id) => tokens.delete(id),
    async deleteForUser(userId) {
      deleteWhere((token) => token.userId === userId);
    },
    deleteExpired: async (now) => deleteWhere((token) => token.expiresAt <= now),
  };
}

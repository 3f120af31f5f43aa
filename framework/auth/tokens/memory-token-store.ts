import type { StoredToken, TokenStore } from "./tokens.ts";

/** Mailed tokens in this process, for tests and trials. */
export function createMemoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  const deleteWhere = (isMeant: (token: StoredToken) => boolean) => {
    const meant = [...tokens.values()].filter(isMeant);
    for (const token of meant) tokens.delete(token.id);
    return meant.length;
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

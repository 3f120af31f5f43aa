import type { SecondFactorStore, StoredSecondFactor } from "./second-factors.ts";

/** Stores second factors in memory, for tests and experiments. */
export function createMemorySecondFactorStore(): SecondFactorStore {
  const factors = new Map<string, StoredSecondFactor>();
  const codes = new Map<string, Set<string>>();
  return {
    find: async (userId) => factors.get(userId) ?? null,
    async insert(factor, codeHashes) {
      if (factors.has(factor.userId)) return false;
      factors.set(factor.userId, factor);
      codes.set(factor.userId, new Set(codeHashes));
      return true;
    },
    async useStep(userId, step) {
      const factor = factors.get(userId);
      if (!factor || factor.lastStep >= step) return false;
      factors.set(userId, { ...factor, lastStep: step });
      return true;
    },
    useCode: async (userId, codeHash) => codes.get(userId)?.delete(codeHash) ?? false,
    countCodes: async (userId) => codes.get(userId)?.size ?? 0,
    async replaceCodes(userId, codeHashes) {
      codes.set(userId, new Set(codeHashes));
    },
    async delete(userId) {
      factors.delete(userId);
      codes.delete(userId);
    },
  };
}

import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { hashToken, randomToken } from "../../base/index.ts";
import type { StoredToken } from "../tokens/tokens.ts";
import type { UserRecord } from "../users/user.ts";
import { insertUser, now, type StoreCheck } from "./stores.ts";

function sampleToken(user: UserRecord, changes: Partial<StoredToken> = {}): StoredToken {
  const bound = { userId: user.id, email: user.email, purpose: "reset-password" as const };
  return { id: hashToken(randomToken()), ...bound, createdAt: now, expiresAt: now + 1000, ...changes };
}

/** What every `TokenStore` must do. Run it against your own with any test runner. */
export const tokenStoreChecks: readonly StoreCheck<"users" | "tokens">[] = [
  {
    title: "keeps one token per user and purpose",
    async run(stores) {
      const user = await insertUser(stores);
      const older = sampleToken(user);
      const newer = sampleToken(user);
      const other = sampleToken(user, { purpose: "verify-email" });
      for (const token of [older, other, newer]) await stores.tokens.replace(token);
      strictEqual(await stores.tokens.find(older.id), null);
      deepStrictEqual(await stores.tokens.find(newer.id), newer);
      deepStrictEqual(await stores.tokens.find(other.id), other);
    },
  },
  {
    title: "lets only one of several concurrent callers take a token",
    async run(stores) {
      const token = sampleToken(await insertUser(stores));
      await stores.tokens.replace(token);
      const taken = await Promise.all(Array.from({ length: 10 }, () => stores.tokens.take(token.id)));
      strictEqual(taken.filter(Boolean).length, 1);
    },
  },
  {
    title: "deletes a user's tokens",
    async run(stores) {
      const user = await insertUser(stores);
      const token = sampleToken(user);
      await stores.tokens.replace(token);
      await stores.tokens.deleteForUser(user.id);
      strictEqual(await stores.tokens.find(token.id), null);
    },
  },
];

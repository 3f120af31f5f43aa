import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  hashToken,
  type OpenSubject,
  randomToken,
} from "../../base/index.ts";
import type { StoredToken, TokenStore } from "../tokens/tokens.ts";
import type { UserRecord } from "../users/user.ts";
import { insertUser, now, type UserDataSubject } from "./stores.ts";

function sampleToken(user: UserRecord, changes: Partial<StoredToken> = {}): StoredToken {
  const bound = { userId: user.id, email: user.email, purpose: "reset-password" as const };
  return { id: hashToken(randomToken()), ...bound, createdAt: now, expiresAt: now + 1000, ...changes };
}

/** What every `TokenStore` must do, as checks of the one that `open` returns. Each opens it again. */
export function tokenStoreChecks(open: OpenSubject<UserDataSubject<TokenStore>>): readonly ConformanceCheck[] {
  return createChecks(open, rules);
}

const rules: readonly ConformanceRule<UserDataSubject<TokenStore>>[] = [
  {
    name: "keeps one token per user and purpose",
    async test({ store, users }) {
      const user = await insertUser(users);
      const older = sampleToken(user);
      const newer = sampleToken(user);
      const other = sampleToken(user, { purpose: "verify-email" });
      for (const token of [older, other, newer]) await store.replace(token);
      strictEqual(await store.find(older.id), null);
      deepStrictEqual(await store.find(newer.id), newer);
      deepStrictEqual(await store.find(other.id), other);
    },
  },
  {
    name: "lets only one of several concurrent callers take a token",
    async test({ store, users }) {
      const token = sampleToken(await insertUser(users));
      await store.replace(token);
      const taken = await Promise.all(Array.from({ length: 10 }, () => store.take(token.id)));
      strictEqual(taken.filter(Boolean).length, 1);
    },
  },
  {
    name: "deletes a user's tokens",
    async test({ store, users }) {
      const user = await insertUser(users);
      const token = sampleToken(user);
      await store.replace(token);
      await store.deleteForUser(user.id);
      strictEqual(await store.find(token.id), null);
    },
  },
];

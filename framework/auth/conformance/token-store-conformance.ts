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
    name: "keeps tokens of all purposes, and those of other users",
    async test({ store, users }) {
      const [user, other] = [await insertUser(users), await insertUser(users)];
      const purposes = ["verify-email", "reset-password", "approve-email-change", "change-email"] as const;
      const tokens = purposes.map((purpose) => sampleToken(user, { purpose }));
      for (const token of [...tokens, sampleToken(other)]) await store.replace(token);
      for (const token of tokens) deepStrictEqual(await store.find(token.id), token);
    },
  },
  {
    name: "reports whether a taken token existed",
    async test({ store, users }) {
      const token = sampleToken(await insertUser(users));
      await store.replace(token);
      deepStrictEqual([await store.take(token.id), await store.take(token.id)], [true, false]);
      strictEqual(await store.find(token.id), null);
    },
  },
  {
    name: "deletes a user's tokens, and nobody else's",
    async test({ store, users }) {
      const [user, other] = [await insertUser(users), await insertUser(users)];
      const [token, kept] = [sampleToken(user), sampleToken(other)];
      for (const each of [token, kept]) await store.replace(each);
      await store.deleteForUser(user.id);
      strictEqual(await store.find(token.id), null);
      deepStrictEqual(await store.find(kept.id), kept);
    },
  },
  {
    name: "deletes only expired tokens, and says how many",
    async test({ store, users }) {
      const user = await insertUser(users);
      const expired = sampleToken(user, { expiresAt: 6 });
      const valid = sampleToken(user, { purpose: "verify-email", expiresAt: 7 });
      for (const token of [expired, valid]) await store.replace(token);
      strictEqual(await store.deleteExpired(6), 1);
      strictEqual(await store.find(expired.id), null);
      deepStrictEqual(await store.find(valid.id), valid);
      await store.deleteForUser(user.id);
    },
  },
];

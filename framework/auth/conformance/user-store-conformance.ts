import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  createId,
  type OpenSubject,
} from "../../base/index.ts";
import type { UserChanges, UserStore } from "../users/user.ts";
import { insertUser, now, type StoreSubject, sampleUser } from "./stores.ts";

/** What every `UserStore` must do, as checks of the one that `open` returns. Each opens it again. */
export function userStoreChecks(open: OpenSubject<StoreSubject<UserStore>>): readonly ConformanceCheck[] {
  return createChecks(open, rules);
}

const rules: readonly ConformanceRule<StoreSubject<UserStore>>[] = [
  {
    name: "finds a user by id and by email",
    async test({ store }) {
      const user = await insertUser(store);
      deepStrictEqual(await store.findById(user.id), user);
      deepStrictEqual(await store.findByEmail(user.email), user);
      strictEqual(await store.findByEmail(`${createId()}@example.com`), null);
    },
  },
  {
    name: "takes addresses that differ in an accent for two mailboxes",
    async test({ store }) {
      const id = createId();
      const user = sampleUser({ email: `ann.${id}@example.com` });
      deepStrictEqual(await store.insert(user), { ok: true });
      const other = `änn.${id}@example.com`;
      strictEqual(await store.findByEmail(other), null);
      deepStrictEqual(await store.insert(sampleUser({ email: other })), { ok: true });
      deepStrictEqual(await store.findByEmail(user.email), user);
    },
  },
  {
    name: "accepts only one of several concurrent inserts with the same email",
    async test({ store }) {
      const { email } = sampleUser();
      const writes = await Promise.all([1, 2, 3, 4].map(() => store.insert(sampleUser({ email }))));
      strictEqual(writes.filter((write) => write.ok).length, 1);
    },
  },
  {
    name: "updates the given fields and refuses a taken email",
    async test({ store }) {
      const user = await insertUser(store);
      const other = await insertUser(store);
      const changes = {
        name: "Bea",
        role: "admin",
        emailVerifiedAt: now,
        disabledAt: now,
        avatarUrl: "https://a.example/",
      };
      deepStrictEqual(await store.update(user.id, changes), { ok: true });
      deepStrictEqual(await store.findById(user.id), { ...user, ...changes });
      deepStrictEqual(await store.update(user.id, { email: other.email }), { ok: false, reason: "taken" });
    },
  },
  {
    name: "updates every field by itself",
    async test({ store }) {
      const user = await insertUser(store);
      const changes: readonly UserChanges[] = [
        { email: `${createId()}@example.com` },
        { email: user.email },
        { email: user.email },
        { name: "Bea" },
        { role: "admin" },
        { passwordHash: "$argon2id$y" },
        { passwordHash: null },
        { emailVerifiedAt: now },
        { emailVerifiedAt: null },
        { avatarUrl: "https://a.example/" },
        { avatarUrl: null },
        { disabledAt: now },
        { disabledAt: null },
        { lastLoginAt: now },
        { lastLoginAt: null },
      ];
      let expected = user;
      for (const change of changes) {
        expected = { ...expected, ...change };
        deepStrictEqual(await store.update(user.id, change), { ok: true });
        deepStrictEqual(await store.findById(user.id), expected);
      }
    },
  },
  {
    name: "updates nobody if the user doesn't exist",
    async test({ store }) {
      const user = await insertUser(store);
      const id = createId();
      deepStrictEqual(await store.update(id, { name: "Bea" }), { ok: true });
      deepStrictEqual([await store.findById(id), await store.findById(user.id)], [null, user]);
    },
  },
  {
    name: "deletes a user and nobody else",
    async test({ store }) {
      const [user, other] = [await insertUser(store), await insertUser(store)];
      await store.delete(user.id);
      deepStrictEqual(await store.findById(other.id), other);
      strictEqual(await store.findById(user.id), null);
      strictEqual(await store.findByEmail(user.email), null);
    },
  },
];

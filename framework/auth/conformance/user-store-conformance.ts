import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createId } from "../../base/index.ts";
import { insertUser, now, type StoreCheck, sampleUser } from "./stores.ts";

/** What every `UserStore` must do. Run it against your own with any test runner. */
export const userStoreChecks: readonly StoreCheck<"users">[] = [
  {
    title: "finds a user by id and by email",
    async run(stores) {
      const user = await insertUser(stores);
      deepStrictEqual(await stores.users.findById(user.id), user);
      deepStrictEqual(await stores.users.findByEmail(user.email), user);
      strictEqual(await stores.users.findByEmail(`${createId()}@example.com`), null);
    },
  },
  {
    title: "accepts only one of several concurrent inserts with the same email",
    async run({ users }) {
      const { email } = sampleUser();
      const writes = await Promise.all([1, 2, 3, 4].map(() => users.insert(sampleUser({ email }))));
      strictEqual(writes.filter((write) => write.ok).length, 1);
    },
  },
  {
    title: "updates the given fields and refuses a taken email",
    async run(stores) {
      const user = await insertUser(stores);
      const other = await insertUser(stores);
      const changes = {
        name: "Bea",
        role: "admin",
        emailVerifiedAt: now,
        disabledAt: now,
        avatarUrl: "https://a.example/",
      };
      deepStrictEqual(await stores.users.update(user.id, changes), { ok: true });
      deepStrictEqual(await stores.users.findById(user.id), { ...user, ...changes });
      deepStrictEqual(await stores.users.update(user.id, { email: other.email }), { ok: false, reason: "taken" });
    },
  },
  {
    title: "deletes a user",
    async run(stores) {
      const user = await insertUser(stores);
      await stores.users.delete(user.id);
      strictEqual(await stores.users.findById(user.id), null);
      strictEqual(await stores.users.findByEmail(user.email), null);
    },
  },
];

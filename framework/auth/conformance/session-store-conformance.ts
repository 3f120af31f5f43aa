import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { hashToken, randomToken } from "../../base/index.ts";
import type { Session } from "../sessions/session.ts";
import { insertUser, now, type StoreCheck } from "./stores.ts";

function sampleSession(userId: string, changes: Partial<Session> = {}): Session {
  return {
    id: hashToken(randomToken()),
    userId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + 1000,
    absoluteExpiresAt: now + 5000,
    isRemembered: true,
    sudoUntil: null,
    address: "2001:db8::1",
    userAgent: "Test/1.0",
    ...changes,
  };
}

/** What every `SessionStore` must do. Run it against your own with any test runner. */
export const sessionStoreChecks: readonly StoreCheck<"users" | "sessions">[] = [
  {
    title: "returns a session as it was stored",
    async run(stores) {
      const session = sampleSession((await insertUser(stores)).id, { sudoUntil: now });
      await stores.sessions.insert(session);
      deepStrictEqual(await stores.sessions.find(session.id), session);
      strictEqual(await stores.sessions.find(hashToken("other")), null);
    },
  },
  {
    title: "finds a session together with its user, if it supports that",
    async run(stores) {
      const user = await insertUser(stores);
      const session = sampleSession(user.id);
      await stores.sessions.insert(session);
      const found = await stores.sessions.findWithUser?.(session.id);
      if (stores.sessions.findWithUser) deepStrictEqual(found, { session, user });
    },
  },
  {
    title: "lets only one of several concurrent rotations win",
    async run(stores) {
      const session = sampleSession((await insertUser(stores)).id);
      await stores.sessions.insert(session);
      const ids = [1, 2, 3].map(() => hashToken(randomToken()));
      const won = await Promise.all(ids.map((id) => stores.sessions.update(session.id, { id, sudoUntil: now })));
      strictEqual(won.filter(Boolean).length, 1);
      strictEqual(await stores.sessions.find(session.id), null);
      strictEqual((await stores.sessions.find(ids[won.indexOf(true)] ?? ""))?.sudoUntil, now);
    },
  },
  {
    title: "lists a user's sessions, most recently used first",
    async run(stores) {
      const user = await insertUser(stores);
      const older = sampleSession(user.id);
      const newer = sampleSession(user.id, { lastSeenAt: now + 1 });
      const foreign = sampleSession((await insertUser(stores)).id);
      for (const session of [older, newer, foreign]) await stores.sessions.insert(session);
      deepStrictEqual(await stores.sessions.list(user.id), [newer, older]);
    },
  },
  {
    title: "reports whether a deleted session existed",
    async run(stores) {
      const session = sampleSession((await insertUser(stores)).id);
      await stores.sessions.insert(session);
      strictEqual(await stores.sessions.delete(session.id), true);
      strictEqual(await stores.sessions.delete(session.id), false);
    },
  },
  {
    title: "deletes only expired sessions",
    async run(stores) {
      const user = await insertUser(stores);
      const expired = sampleSession(user.id, { expiresAt: 5 });
      const valid = sampleSession(user.id, { expiresAt: 7 });
      for (const session of [expired, valid]) await stores.sessions.insert(session);
      strictEqual(await stores.sessions.deleteExpired(6), 1);
      deepStrictEqual(await stores.sessions.list(user.id), [valid]);
      await stores.sessions.delete(valid.id);
    },
  },
];

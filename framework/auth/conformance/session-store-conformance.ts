import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  hashToken,
  type OpenSubject,
  randomToken,
} from "../../base/index.ts";
import type { Session, SessionStore } from "../sessions/session.ts";
import { insertUser, now, type UserDataSubject } from "./stores.ts";

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

/** What every `SessionStore` must do, as checks of the one that `open` returns. Each opens it again. */
export function sessionStoreChecks(open: OpenSubject<UserDataSubject<SessionStore>>): readonly ConformanceCheck[] {
  return createChecks(open, rules);
}

const rules: readonly ConformanceRule<UserDataSubject<SessionStore>>[] = [
  {
    name: "returns a session as it was stored",
    async test({ store, users }) {
      const session = sampleSession((await insertUser(users)).id, { sudoUntil: now });
      await store.insert(session);
      deepStrictEqual(await store.find(session.id), session);
      strictEqual(await store.find(hashToken("other")), null);
    },
  },
  {
    name: "finds a session together with its user, if it supports that",
    async test({ store, users }) {
      const user = await insertUser(users);
      const session = sampleSession(user.id);
      await store.insert(session);
      if (!store.findWithUser) return;
      if (users) deepStrictEqual(await store.findWithUser(session.id), { session, user });
      strictEqual(await store.findWithUser(hashToken("other")), null);
    },
  },
  {
    name: "lets only one of several concurrent rotations win",
    async test({ store, users }) {
      const session = sampleSession((await insertUser(users)).id);
      await store.insert(session);
      const ids = [1, 2, 3].map(() => hashToken(randomToken()));
      const won = await Promise.all(ids.map((id) => store.update(session.id, { id, sudoUntil: now })));
      strictEqual(won.filter(Boolean).length, 1);
      strictEqual(await store.find(session.id), null);
      strictEqual((await store.find(ids[won.indexOf(true)] ?? ""))?.sudoUntil, now);
    },
  },
  {
    name: "updates the given fields alone, and says whether there was such a session",
    async test({ store, users }) {
      const user = await insertUser(users);
      const session = sampleSession(user.id, { isRemembered: false, sudoUntil: now });
      const other = sampleSession(user.id);
      for (const each of [session, other]) await store.insert(each);
      const id = hashToken(randomToken());
      const changes = [
        { lastSeenAt: now + 5 },
        { expiresAt: now + 6 },
        { sudoUntil: null },
        { sudoUntil: now + 7 },
        { id },
      ];
      let expected = session;
      for (const change of changes) {
        strictEqual(await store.update(expected.id, change), true);
        expected = { ...expected, ...change };
        deepStrictEqual(await store.find(expected.id), expected);
      }
      strictEqual(await store.update(session.id, { lastSeenAt: now }), false);
      deepStrictEqual(await store.find(other.id), other);
    },
  },
  {
    name: "lists a user's sessions, most recently used first",
    async test({ store, users }) {
      const user = await insertUser(users);
      const older = sampleSession(user.id);
      const newer = sampleSession(user.id, { lastSeenAt: now + 1 });
      const foreign = sampleSession((await insertUser(users)).id);
      for (const session of [older, newer, foreign]) await store.insert(session);
      deepStrictEqual(await store.list(user.id), [newer, older]);
    },
  },
  {
    name: "reports whether a deleted session existed",
    async test({ store, users }) {
      const session = sampleSession((await insertUser(users)).id);
      await store.insert(session);
      strictEqual(await store.delete(session.id), true);
      strictEqual(await store.delete(session.id), false);
    },
  },
  {
    name: "deletes only expired sessions",
    async test({ store, users }) {
      const user = await insertUser(users);
      const expired = sampleSession(user.id, { expiresAt: 6 });
      const valid = sampleSession(user.id, { expiresAt: 7 });
      for (const session of [expired, valid]) await store.insert(session);
      strictEqual(await store.deleteExpired(6), 1);
      deepStrictEqual(await store.list(user.id), [valid]);
      await store.delete(valid.id);
    },
  },
];

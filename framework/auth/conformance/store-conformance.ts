import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createId, hashToken, randomToken } from "../../base/index.ts";
import type { Session, SessionStore } from "../sessions/session.ts";
import type { StoredToken, TokenStore } from "../tokens/tokens.ts";
import type { UserRecord, UserStore } from "../users/user.ts";

/** The stores of one implementation, empty or shared with others. */
export interface Stores {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
}

/** One promise that all stores keep: what it is, and the test of it, which rejects when it is broken. */
export interface StoreCheck {
  readonly title: string;
  run(stores: Stores): Promise<void>;
}

const now = Date.UTC(2026, 0, 1);

function someUser(changes: Partial<UserRecord> = {}): UserRecord {
  const id = createId();
  return {
    id,
    email: `${id}@example.com`,
    name: "Änn 🎉",
    role: "member",
    passwordHash: "$argon2id$x",
    emailVerifiedAt: null,
    avatarUrl: null,
    disabledAt: null,
    createdAt: now,
    lastLoginAt: null,
    ...changes,
  };
}

function someSession(userId: string, changes: Partial<Session> = {}): Session {
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

function someToken(user: UserRecord, changes: Partial<StoredToken> = {}): StoredToken {
  const bound = { userId: user.id, email: user.email, purpose: "reset-password" as const };
  return { id: hashToken(randomToken()), ...bound, createdAt: now, expiresAt: now + 1000, ...changes };
}

async function insertUser(stores: Stores): Promise<UserRecord> {
  const user = someUser();
  await stores.users.insert(user);
  return user;
}

/** What every `UserStore`, `SessionStore` and `TokenStore` must do; run them against stores of your own. */
export const storeChecks: readonly StoreCheck[] = [
  {
    title: "finds a user by id and by address",
    async run(stores) {
      const user = await insertUser(stores);
      deepStrictEqual(await stores.users.findById(user.id), user);
      deepStrictEqual(await stores.users.findByEmail(user.email), user);
      strictEqual(await stores.users.findByEmail(`${createId()}@example.com`), null);
    },
  },
  {
    title: "keeps one of many users that are inserted with one address at once",
    async run(stores) {
      const { email } = someUser();
      const writes = await Promise.all([1, 2, 3, 4].map(() => stores.users.insert(someUser({ email }))));
      strictEqual(writes.filter((write) => write.ok).length, 1);
    },
  },
  {
    title: "changes the fields that are given and refuses a taken address",
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
    title: "keeps a session as it was",
    async run(stores) {
      const session = someSession((await insertUser(stores)).id, { sudoUntil: now });
      await stores.sessions.insert(session);
      deepStrictEqual(await stores.sessions.find(session.id), session);
      strictEqual(await stores.sessions.find(hashToken("other")), null);
    },
  },
  {
    title: "finds a session with its user, where it can",
    async run(stores) {
      const user = await insertUser(stores);
      const session = someSession(user.id);
      await stores.sessions.insert(session);
      const found = await stores.sessions.findWithUser?.(session.id);
      if (stores.sessions.findWithUser) deepStrictEqual(found, { session, user });
    },
  },
  {
    title: "gives a session a new id once, however many ask at once",
    async run(stores) {
      const session = someSession((await insertUser(stores)).id);
      await stores.sessions.insert(session);
      const ids = [1, 2, 3].map(() => hashToken(randomToken()));
      const told = await Promise.all(ids.map((id) => stores.sessions.update(session.id, { id, sudoUntil: now })));
      strictEqual(told.filter(Boolean).length, 1);
      strictEqual(await stores.sessions.find(session.id), null);
      strictEqual((await stores.sessions.find(ids[told.indexOf(true)] ?? ""))?.sudoUntil, now);
    },
  },
  {
    title: "lists the sessions of one user, the last used first",
    async run(stores) {
      const user = await insertUser(stores);
      const older = someSession(user.id);
      const newer = someSession(user.id, { lastSeenAt: now + 1 });
      for (const session of [older, newer, someSession((await insertUser(stores)).id)])
        await stores.sessions.insert(session);
      deepStrictEqual(await stores.sessions.list(user.id), [newer, older]);
    },
  },
  {
    title: "says whether a deleted session was there",
    async run(stores) {
      const session = someSession((await insertUser(stores)).id);
      await stores.sessions.insert(session);
      strictEqual(await stores.sessions.delete(session.id), true);
      strictEqual(await stores.sessions.delete(session.id), false);
    },
  },
  {
    title: "deletes exactly the expired sessions",
    async run(stores) {
      const user = await insertUser(stores);
      const over = someSession(user.id, { expiresAt: 5 });
      const open = someSession(user.id, { expiresAt: 7 });
      for (const session of [over, open]) await stores.sessions.insert(session);
      strictEqual(await stores.sessions.deleteExpired(6), 1);
      deepStrictEqual(await stores.sessions.list(user.id), [open]);
      await stores.sessions.delete(open.id);
    },
  },
  {
    title: "keeps one token for each user and purpose",
    async run(stores) {
      const user = await insertUser(stores);
      const older = someToken(user);
      const newer = someToken(user);
      const other = someToken(user, { purpose: "verify-email" });
      for (const token of [older, other, newer]) await stores.tokens.replace(token);
      strictEqual(await stores.tokens.find(older.id), null);
      deepStrictEqual(await stores.tokens.find(newer.id), newer);
      deepStrictEqual(await stores.tokens.find(other.id), other);
    },
  },
  {
    title: "lets one of many take a token",
    async run(stores) {
      const token = someToken(await insertUser(stores));
      await stores.tokens.replace(token);
      const told = await Promise.all(Array.from({ length: 10 }, () => stores.tokens.take(token.id)));
      strictEqual(told.filter(Boolean).length, 1);
    },
  },
  {
    title: "forgets a deleted user",
    async run(stores) {
      const user = await insertUser(stores);
      await stores.tokens.replace(someToken(user));
      await stores.tokens.deleteForUser(user.id);
      await stores.users.delete(user.id);
      strictEqual(await stores.users.findByEmail(user.email), null);
    },
  },
];

import { describe, expect, it } from "vitest";
import { hashToken, randomToken, silentLogger } from "../../base/index.ts";
import { createMemoryUserStore } from "../users/memory-user-store.ts";
import { createMemorySessionStore } from "./memory-session-store.ts";
import type { SessionEnd } from "./session.ts";
import { createSessions, type SessionTimes } from "./sessions.ts";

const day = 24 * 60 * 60 * 1000;
const start = { userId: "u1", isRemembered: false, address: "203.0.113.9", userAgent: "Test/1.0" };

async function prepare(times: SessionTimes = {}) {
  const clock = { time: Date.UTC(2020, 0, 1), now: () => clock.time };
  const store = createMemorySessionStore();
  const users = createMemoryUserStore();
  await users.insert({
    id: "u1",
    email: "ann@example.com",
    name: "Ann",
    role: "member",
    passwordHash: null,
    emailVerifiedAt: null,
    avatarUrl: null,
    disabledAt: null,
    createdAt: clock.time,
    lastLoginAt: null,
  });
  const sessions = createSessions({ store, users, clock, log: silentLogger, ...times });
  const ends: SessionEnd[] = [];
  sessions.onEnd((end) => void ends.push(end));
  return { clock, store, users, sessions, ends };
}

describe("createSessions", () => {
  it("recognizes a token and stores only its hash", async () => {
    const { sessions, store } = await prepare();

    const { token, session } = await sessions.start(start);

    expect(token).toMatch(/^[\w-]{43}$/);
    expect(session.id).toBe(hashToken(token));
    expect((await sessions.recognize(token))?.user.name).toBe("Ann");
    expect(await store.find(token)).toBeNull();
  });

  it.each(["", "x", "../../etc/passwd", "a".repeat(5000), "%00".repeat(14)])(
    "recognizes no made-up token",
    async (token) => {
      const { sessions } = await prepare();

      expect(await sessions.recognize(token)).toBeNull();
      expect(await sessions.recognize(randomToken())).toBeNull();
    },
  );

  it.each(["", "x", "a".repeat(42), "a".repeat(44), `${"a".repeat(43)}.`, `.${"a".repeat(43)}`])(
    "asks the store for nothing when a cookie can't be a token: %j",
    async (token) => {
      const { sessions, store } = await prepare();
      const asked: string[] = [];
      store.find = async (id) => {
        asked.push(id);
        return null;
      };

      await sessions.recognize(token);
      await sessions.recognize("a".repeat(43));

      expect(asked).toEqual([hashToken("a".repeat(43))]);
    },
  );

  it("doesn't accept a stored hash as a token", async () => {
    const { sessions } = await prepare();
    const { session } = await sessions.start(start);

    expect(await sessions.recognize(session.id)).toBeNull();
  });

  it("ends and deletes a session that isn't used for 14 days", async () => {
    const { sessions, clock, store } = await prepare();
    const { token, session } = await sessions.start(start);

    clock.time += 14 * day;

    expect(await sessions.recognize(token)).toBeNull();
    expect(await store.find(session.id)).toBeNull();
  });

  it("keeps a session that is used, for up to 30 days", async () => {
    const { sessions, clock } = await prepare();
    const { token } = await sessions.start(start);
    const isGood: boolean[] = [];

    for (const days of [13, 12, 4.9, 0.2]) {
      clock.time += days * day;
      isGood.push((await sessions.recognize(token)) !== null);
    }

    expect(isGood).toEqual([true, true, true, false]);
  });

  it("keeps a session that is used, however short its idle time is", async () => {
    const { sessions, clock } = await prepare({ idleMs: 20 * 60_000 });
    const { token } = await sessions.start(start);
    const isGood: boolean[] = [];

    for (const minutes of [...Array.from({ length: 12 }, () => 5), 20]) {
      clock.time += minutes * 60_000;
      isGood.push((await sessions.recognize(token)) !== null);
    }

    expect(isGood).toEqual([...Array.from({ length: 12 }, () => true), false]);
  });

  it("ends a session after its absolute lifetime, also where that is shorter than the idle time", async () => {
    const { sessions, clock } = await prepare({ absoluteMs: day });
    const { token, session } = await sessions.start(start);

    clock.time += day - 1;
    const before = await sessions.recognize(token);
    clock.time += 1;

    expect([session.expiresAt - session.createdAt, session.absoluteExpiresAt - session.createdAt]).toEqual([day, day]);
    expect([before === null, await sessions.recognize(token)]).toEqual([false, null]);
  });

  it("moves the expiry with each recorded use, but not beyond the absolute lifetime", async () => {
    const { sessions, clock, store } = await prepare();
    const { token, session } = await sessions.start(start);
    const expiries: number[] = [];

    for (const days of [10, 10]) {
      clock.time += days * day;
      const found = await sessions.recognize(token);
      expiries.push(((found?.session.expiresAt ?? 0) - session.createdAt) / day);
    }

    expect(expiries).toEqual([24, 30]);
    expect((await store.find(session.id))?.expiresAt).toBe(session.createdAt + 30 * day);
  });

  it("allows sensitive changes for ten minutes after a login, and again after the password was entered", async () => {
    const { sessions, clock } = await prepare();
    const { session } = await sessions.start(start);
    const minutesLeft = (until: number | null | undefined) => ((until ?? 0) - clock.time) / 60_000;
    const atLogin = minutesLeft(session.sudoUntil);

    clock.time += 30 * 60_000;
    const plain = await sessions.rotate(session);
    const entered = plain && (await sessions.rotate(plain.session, { sudo: true }));

    expect([atLogin, minutesLeft(plain?.session.sudoUntil), minutesLeft(entered?.session.sudoUntil)]).toEqual([
      10, -20, 10,
    ]);
    expect((await sessions.list("u1")).map(({ sudoUntil }) => minutesLeft(sudoUntil))).toEqual([10]);
  });

  it("returns null and tells nobody when it rotates a session that has ended", async () => {
    const { sessions, ends } = await prepare();
    const { session } = await sessions.start(start);
    await sessions.end("u1", session.id, "logout");

    expect(await sessions.rotate(session)).toBeNull();
    expect(ends.map(({ reason }) => reason)).toEqual(["logout"]);
  });

  it("lists and deletes by the expiry, at the millisecond", async () => {
    const { sessions, clock } = await prepare();
    await sessions.start(start);

    clock.time += 14 * day - 1;
    const before = [(await sessions.list("u1")).length, await sessions.deleteExpired()];
    clock.time += 1;

    expect(before).toEqual([1, 0]);
    expect([(await sessions.list("u1")).length, await sessions.deleteExpired()]).toEqual([0, 1]);
  });

  it("ends only sessions of their own user, and says how many", async () => {
    const { sessions, ends } = await prepare();
    const started = [await sessions.start(start), await sessions.start(start), await sessions.start(start)];
    const [first, second, third] = started.map(({ session }) => session.id);

    const stranger = await sessions.end("u2", first ?? "", "revoked");
    const unknown = await sessions.end("u1", hashToken("no session"), "revoked");
    const count = await sessions.endAll("u1", "password-changed", third);

    expect([stranger, unknown, count]).toEqual([false, false, 2]);
    expect((await sessions.list("u1")).map(({ id }) => id)).toEqual([third]);
    expect(ends.map(({ sessionId }) => sessionId).sort()).toEqual([first, second].sort());
    expect(new Set(ends.map(({ reason, userId }) => `${userId} ${reason}`))).toEqual(new Set(["u1 password-changed"]));
  });

  it("gives up on sessions that can't be deleted", async () => {
    const { sessions, store, ends } = await prepare();
    await sessions.start(start);
    let tries = 0;
    store.delete = async () => {
      tries += 1;
      return false;
    };

    expect(await sessions.endAll("u1", "revoked")).toBe(0);
    expect([tries, ends]).toEqual([10, []]);
  });

  it("records the last use at most once an hour", async () => {
    const { sessions, clock, store } = await prepare();
    const { token, session } = await sessions.start(start);

    clock.time += 59 * 60_000;
    const first = await sessions.recognize(token);
    clock.time += 60_000;
    const second = await sessions.recognize(token);

    expect([first?.isRefreshed, second?.isRefreshed]).toEqual([false, true]);
    expect((await store.find(session.id))?.lastSeenAt).toBe(clock.time);
  });

  it("accepts a session even if its use can't be recorded, and tries again next time", async () => {
    const { sessions, clock, store } = await prepare();
    const { token, session } = await sessions.start(start);
    clock.time += 2 * 60 * 60_000;
    const update = store.update;
    store.update = () => Promise.reject(new Error("the disk is full"));

    const inBetween = await sessions.recognize(token);
    store.update = update;
    const afterwards = await sessions.recognize(token);

    expect([inBetween?.isRefreshed, afterwards?.isRefreshed]).toEqual([false, true]);
    expect((await store.find(session.id))?.lastSeenAt).toBe(clock.time);
  });

  it("rejects a session that ends while its use is being recorded", async () => {
    const { clock, store, sessions } = await prepare();
    const { token, session } = await sessions.start(start);
    clock.time += day;
    const { update } = store;
    store.update = async (id, changes) => {
      await sessions.end("u1", session.id, "revoked");
      return update(id, changes);
    };

    expect(await sessions.recognize(token)).toBeNull();
  });

  it("doesn't extend sessions when the clock goes back", async () => {
    const { sessions, clock, store } = await prepare();
    const { token, session } = await sessions.start(start);

    clock.time -= day;
    await sessions.recognize(token);

    expect((await store.find(session.id))?.expiresAt).toBe(session.expiresAt);
  });

  it("lets only one of two concurrent rotations win, and the old token stops working", async () => {
    const { sessions, ends } = await prepare();
    const { token, session } = await sessions.start(start);

    const rotated = await Promise.all([sessions.rotate(session), sessions.rotate(session)]);

    expect(rotated.filter(Boolean)).toHaveLength(1);
    expect(await sessions.recognize(token)).toBeNull();
    expect(await sessions.recognize(rotated.find(Boolean)?.token ?? "")).not.toBeNull();
    expect(ends).toEqual([{ sessionId: session.id, userId: "u1", reason: "rotated" }]);
  });

  it("rejects disabled and deleted users", async () => {
    const { sessions, users, clock } = await prepare();
    const { token } = await sessions.start(start);

    await users.update("u1", { disabledAt: clock.time });
    const disabled = await sessions.recognize(token);
    await users.update("u1", { disabledAt: null });
    await users.delete("u1");
    const deleted = await sessions.recognize(token);

    expect([disabled, deleted]).toEqual([null, null]);
  });

  it("ends the oldest sessions beyond the limit, however recently they were used", async () => {
    const { sessions, clock, ends } = await prepare({ maxPerUser: 2 });
    const oldest = await sessions.start(start);
    clock.time += 1;
    const kept = await sessions.start(start);
    clock.time += 2 * 60 * 60_000;
    await sessions.recognize(oldest.token);

    const newest = await sessions.start(start);

    expect(ends).toEqual([{ sessionId: oldest.session.id, userId: "u1", reason: "limit" }]);
    const left = (await sessions.list("u1")).map(({ id }) => id);
    expect(left.sort()).toEqual([kept.session.id, newest.session.id].sort());
  });

  it("ends no session without a limit", async () => {
    const { sessions, ends } = await prepare();

    for (let count = 0; count < 20; count += 1) await sessions.start(start);

    expect([(await sessions.list("u1")).length, ends]).toEqual([20, []]);
  });

  it("ends the oldest session when a user has too many", async () => {
    const { sessions, clock, ends } = await prepare({ maxPerUser: 1 });
    const first = await sessions.start(start);
    clock.time += 1;

    const second = await sessions.start(start);

    expect(await sessions.recognize(first.token)).toBeNull();
    expect(await sessions.recognize(second.token)).not.toBeNull();
    expect(ends[0]).toMatchObject({ sessionId: first.session.id, reason: "limit" });
  });

  it("logs what a listener throws, and why the session ended", async () => {
    const { store, users, clock } = await prepare();
    const errors: unknown[] = [];
    const log = { ...silentLogger, error: (facts: object) => void errors.push(facts) };
    const sessions = createSessions({ store, users, clock, log });
    const broken = new TypeError("broken listener");
    sessions.onEnd(() => Promise.reject(broken));

    await sessions.end("u1", (await sessions.start(start)).session.id, "revoked");

    expect(errors).toEqual([{ err: broken, reason: "revoked" }]);
  });

  it("warns when it can't record the use of a session", async () => {
    const { store, users, clock } = await prepare();
    const warnings: unknown[] = [];
    const log = { ...silentLogger, warn: (facts: object) => void warnings.push(facts) };
    const sessions = createSessions({ store, users, clock, log });
    const { token } = await sessions.start(start);
    const full = new Error("the disk is full");
    store.update = () => Promise.reject(full);
    clock.time += day;

    await sessions.recognize(token);

    expect(warnings).toEqual([{ err: full }]);
  });

  it("calls every listener even if one of them fails", async () => {
    const { sessions } = await prepare();
    const heard: string[] = [];
    sessions.onEnd(() => {
      throw new TypeError("broken listener");
    });
    const stop = sessions.onEnd((end) => void heard.push(end.reason));
    const { session } = await sessions.start(start);

    await sessions.end("u1", session.id, "revoked");
    stop();
    await sessions.end("u1", (await sessions.start(start)).session.id, "logout");

    expect(heard).toEqual(["revoked"]);
  });
});

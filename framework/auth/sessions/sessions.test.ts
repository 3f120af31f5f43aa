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

  it("ends the oldest session when a user has too many", async () => {
    const { sessions, clock, ends } = await prepare({ maxPerUser: 1 });
    const first = await sessions.start(start);
    clock.time += 1;

    const second = await sessions.start(start);

    expect(await sessions.recognize(first.token)).toBeNull();
    expect(await sessions.recognize(second.token)).not.toBeNull();
    expect(ends[0]).toMatchObject({ sessionId: first.session.id, reason: "limit" });
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

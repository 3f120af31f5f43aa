import { setImmediate as nextTurn } from "node:timers/promises";
import { Hono } from "hono";
import { describe, expect, it, vi } from "vitest";
import { createBroker } from "../broker.ts";
import { type BrokerOptions, resolveBrokerOptions } from "../broker-options.ts";
import { type Connection, idleListener } from "../connection/connection.ts";
import { startSSE } from "../start-sse.ts";
import { OwnStreams } from "./own-streams.ts";

const openedAt = 1_800_000_000_000;
const noPeers = async () => new Set<string>();

interface Subject {
  readonly app: Hono;
  readonly streams: OwnStreams;
  /** Moves the clock and lets the streams be checked. */
  pass(ms: number): void;
}

function start(options: BrokerOptions = {}, maxIdleMs?: number): Subject {
  let now = openedAt;
  const settings = resolveBrokerOptions({ ...options, clock: { now: () => now } });
  const streams = new OwnStreams(settings, noPeers);
  const app = new Hono();
  app.use(async (c, next) => {
    c.set("ownStreams", streams);
    await next();
  });
  app.get("/stream", (c) => {
    const writer = startSSE(c, { maxIdleMs });
    writer.sendEvent({ data: "x".repeat(Number(c.req.query("size") ?? 1)) });
    return writer.response;
  });
  app.onError((error, c) => c.json({ code: Reflect.get(error, "code") }, Reflect.get(error, "status") ?? 500));
  return {
    app,
    streams,
    pass(ms) {
      now += ms;
      streams.check();
    },
  };
}

const asUser: BrokerOptions = {
  identify: (c) => ({
    userId: c.req.header("x-user"),
    sessionId: c.req.header("x-session"),
    expiresAt: openedAt + 5_000,
  }),
};

describe("streams that handlers start", () => {
  it("are counted while they are open", async () => {
    const { app, streams } = start();

    const answer = await app.request("/stream");
    const during = streams.size;
    await answer.body?.cancel();

    expect([during, streams.size]).toEqual([1, 0]);
  });

  it("are part of the broker's figures", async () => {
    const broker = createBroker();
    const app = new Hono();
    app.get("/stream", (c) => {
      c.set("ownStreams", broker.ownStreams);
      return startSSE(c).response;
    });

    await app.request("/stream");

    expect(broker.stats()).toMatchObject({ connections: 0, writers: 1 });
    await broker.close();
    expect(broker.stats().writers).toBe(0);
  });

  it("are refused beyond the limit of the process", async () => {
    const { app } = start({ limits: { connections: 1 } });
    await app.request("/stream");

    const answer = await app.request("/stream");

    expect([answer.status, await answer.json()]).toEqual([503, { code: "SSE_TOO_MANY_STREAMS" }]);
  });

  it("are refused beyond the limit of an address, and accepted again once one has ended", async () => {
    const { app } = start({ limits: { connectionsPerAddress: 1 }, clientAddress: () => "203.0.113.7" });
    const first = await app.request("/stream");
    const second = await app.request("/stream");

    await first.body?.cancel();
    const third = await app.request("/stream");

    expect([first.status, second.status, third.status]).toEqual([200, 429, 200]);
  });

  it("are refused beyond the limit of a user", async () => {
    const { app } = start({ ...asUser, limits: { connectionsPerUser: 1 } });
    await app.request("/stream", { headers: { "x-user": "ada" } });

    const again = await app.request("/stream", { headers: { "x-user": "ada" } });
    const other = await app.request("/stream", { headers: { "x-user": "bob" } });

    expect([again.status, other.status]).toEqual([429, 200]);
  });

  it("end when their handler has sent nothing for a long time", async () => {
    const { app, streams, pass } = start({}, 1_000);
    void (await app.request("/stream")).text();
    await nextTurn();
    pass(0);

    pass(900);
    const before = streams.size;
    pass(100);

    expect([before, streams.size]).toEqual([1, 0]);
  });

  it("end after ten minutes of silence if their handler doesn't say anything about it", async () => {
    const { app, streams, pass } = start();
    void (await app.request("/stream")).text();
    await nextTurn();
    pass(0);

    pass(10 * 60_000 - 1);
    const before = streams.size;
    pass(1);

    expect([before, streams.size]).toEqual([1, 0]);
  });

  it("stay open in silence if their handler says so", async () => {
    const { app, streams, pass } = start({}, 0);
    void (await app.request("/stream")).text();
    await nextTurn();

    pass(3_600_000);

    expect(streams.size).toBe(1);
  });

  it("are cut off when their client reads nothing", async () => {
    const { app, streams, pass } = start({ stallMs: 10_000 });
    await app.request("/stream?size=200000");
    pass(0);

    pass(9_000);
    const before = streams.size;
    pass(1_000);

    expect([before, streams.size]).toEqual([1, 0]);
  });

  it("end with the session, by command or by time", async () => {
    const { app, streams, pass } = start(asUser);
    await app.request("/stream", { headers: { "x-session": "one" } });
    await app.request("/stream", { headers: { "x-session": "two" } });

    streams.end({ session: "one" });
    const left = streams.size;
    pass(5_000);

    expect([left, streams.size]).toEqual([1, 0]);
  });

  it("end with the process: each is told when to come back, and no new one starts", async () => {
    const { app, streams } = start();
    const answer = await app.request("/stream");

    streams.endAll(() => 70);

    expect(await answer.text()).toBe("data: x\n\nretry: 70\n\n");
    expect((await app.request("/stream")).status).toBe(503);
  });
});

/** A stream whose state the test sets, and what was done to it. */
function createStream(peer: string | null = null, maxIdleMs = 0) {
  const done: string[] = [];
  const state = { eventCount: 0, queuedBytes: 0 };
  const connection: Connection = {
    ...{ listener: idleListener, closed: false, peer, response: new Response() },
    get queuedBytes() {
      return state.queuedBytes;
    },
    write: () => "sent",
    close: () => void done.push("closed"),
    destroy: () => void done.push("destroyed"),
  };
  const stream = {
    connection,
    maxIdleMs,
    get eventCount() {
      return state.eventCount;
    },
  };
  return { stream, state, done };
}

/** Watches streams, with a clock to turn. */
function watch(options: BrokerOptions = {}, silent: readonly string[] = []) {
  const time = { now: openedAt };
  const settings = resolveBrokerOptions({ stallMs: 10_000, ...options, clock: { now: () => time.now } });
  const streams = new OwnStreams(settings, async () => new Set(silent));
  const pass = (ms: number) => {
    time.now += ms;
    streams.check();
  };
  return { streams, pass };
}

const place = { userId: "ada", sessionId: "one", address: "" };

describe("OwnStreams", () => {
  it("counts the time without events from the last one that was seen", () => {
    const { streams, pass } = watch();
    const { stream, state, done } = createStream(null, 1000);
    streams.add(stream, place);

    pass(900);
    state.eventCount = 1;
    pass(50);
    pass(999);
    const before = [...done];
    pass(1);

    expect([before, done]).toEqual([[], ["closed"]]);
  });

  it("counts the time of a handler that never sends anything from the start, whenever it is looked at first", () => {
    const { streams, pass } = watch();
    const { stream, done } = createStream(null, 1000);
    streams.add(stream, place);

    pass(999);
    const before = [...done];
    pass(1);

    expect([before, done]).toEqual([[], ["closed"]]);
  });

  it("cuts off a client that takes nothing, but not one that takes a little or everything", () => {
    const { streams, pass } = watch();
    const [none, little, all] = [createStream(), createStream(), createStream()];
    for (const { stream, state } of [none, little, all]) {
      streams.add(stream, place);
      state.queuedBytes = 500;
    }

    pass(0);
    little.state.queuedBytes = 400;
    all.state.queuedBytes = 0;
    pass(9_999);
    const before = [...none.done];
    pass(1);

    expect([before, none.done, little.done, all.done]).toEqual([[], ["destroyed"], [], []]);
  });

  it("cuts off clients that have silently vanished", async () => {
    const { streams, pass } = watch({}, ["10.0.0.9:5000"]);
    const [gone, there, unknown] = [createStream("10.0.0.9:5000"), createStream("10.0.0.9:5001"), createStream()];
    for (const { stream } of [gone, there, unknown]) streams.add(stream, place);

    pass(0);
    await nextTurn();

    expect([gone.done, there.done, unknown.done]).toEqual([["destroyed"], [], []]);
  });

  it("ends a stream at the end of its session, and not before", () => {
    const { streams, pass } = watch();
    const [short, endless] = [createStream(), createStream()];
    streams.add(short.stream, { ...place, expiresAt: openedAt + 5000 });
    streams.add(endless.stream, place);

    pass(4999);
    const before = [...short.done];
    pass(1);

    expect([before, short.done, endless.done]).toEqual([[], ["closed"], []]);
  });

  it("ends those of a user or a session, and nobody's for a topic", () => {
    const { streams } = watch();
    const all = ["ada", "bob"].flatMap((userId) =>
      ["one", "two"].map((sessionId) => ({ name: `${userId} ${sessionId}`, userId, sessionId, ...createStream() })),
    );
    for (const { stream, userId, sessionId } of all) streams.add(stream, { userId, sessionId, address: "" });
    const visitor = createStream();
    streams.add(visitor.stream, { userId: undefined, address: "" });

    streams.end({ topic: "ada" });
    streams.end({ connection: "one" });
    streams.end({ user: "ada" });
    streams.end({ session: "two" });

    const ended = all.filter(({ done }) => done.length > 0).map(({ name }) => name);
    expect([ended, visitor.done]).toEqual([["ada one", "ada two", "bob two"], []]);
  });

  it("checks by itself four times in the time in which a client may stall, as long as there are streams", () => {
    vi.useFakeTimers();
    const { streams } = watch();
    const check = vi.spyOn(streams, "check");
    const [first, second] = [createStream(), createStream()];
    const ends = [streams.add(first.stream, place), streams.add(second.stream, place)];

    vi.advanceTimersByTime(10_000);
    ends[0]?.();
    ends[0]?.();
    const timers = vi.getTimerCount();
    ends[1]?.();

    expect([check.mock.calls.length, timers, vi.getTimerCount()]).toEqual([4, 1, 0]);
    vi.useRealTimers();
  });

  it("limits a user's streams in production, but not in development, where each open page has one", async () => {
    const statuses = await Promise.all(
      [false, true].map(async (dev) => {
        const { app } = start({ ...asUser, dev, limits: { connectionsPerUser: 1 } });
        const request = () => app.request("/stream", { headers: { "x-user": "ada" } });
        return [(await request()).status, (await request()).status];
      }),
    );

    expect(statuses).toEqual([
      [200, 429],
      [200, 200],
    ]);
  });

  it("counts for nobody while it isn't known at once who somebody is", async () => {
    const identify = async () => ({ userId: "ada" });
    const { app } = start({ identify, limits: { connectionsPerUser: 1 } });

    const statuses = [(await app.request("/stream")).status, (await app.request("/stream")).status];

    expect(statuses).toEqual([200, 200]);
  });
});

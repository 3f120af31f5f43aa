import { setImmediate as nextTurn } from "node:timers/promises";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createBroker } from "../broker.ts";
import { type BrokerOptions, resolveBrokerOptions } from "../broker-options.ts";
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

import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { openSocket, serveForTest, type TestServer } from "../test-support/test-server.ts";
import { openStream, TestStream } from "../test-support/test-stream.ts";
import { type Broker, createBroker } from "./broker.ts";
import type { BrokerOptions } from "./broker-options.ts";
import { everybody } from "./everybody.ts";

const open: { broker: Broker; server: TestServer }[] = [];

async function start(options: BrokerOptions = {}) {
  const broker = createBroker(options);
  await broker.ready;
  const server = await serveForTest(new Hono().get("/events", broker.handler));
  open.push({ broker, server });
  return { broker, url: `${server.url}/events`, port: server.port };
}

afterEach(async () => {
  for (const { broker, server } of open.splice(0)) {
    await broker.close();
    await server.stop();
  }
});

async function numbers(broker: Broker, from: number, to: number, options: { to?: string } = {}): Promise<string[]> {
  const ids: Promise<string>[] = [];
  for (let n = from; n < to; n += 1) ids.push(broker.broadcast("n", n, { to: options.to ?? everybody }));
  return await Promise.all(ids);
}

describe("replay", () => {
  it("sends what a client missed, in order, once and marked with its time, then new events", async () => {
    const { broker, url } = await start({ clock: { now: () => 0 } });
    const [, second] = await numbers(broker, 0, 5);

    const stream = await openStream(url, { "Last-Event-ID": second ?? "" });
    await stream.event("bk:hello");
    await numbers(broker, 5, 7);
    await stream.until(() => stream.data("n").includes("6"));

    expect(stream.data("n")).toEqual(["2", "3", "4", "5", "6"]);
    expect(stream.comments).toEqual(Array(3).fill("replayed, broadcast at 1970-01-01T00:00:00.000Z"));
    expect(stream.data("bk:resync")).toEqual([]);
  });

  it("starts from the page's cursor, unless the client has read further", async () => {
    const { broker, url } = await start();
    const since = broker.cursor;
    const ids = await numbers(broker, 0, 3);

    const fresh = await openStream(`${url}?since=${since}`);
    const back = await openStream(`${url}?since=${since}`, { "Last-Event-ID": ids[1] ?? "" });
    await Promise.all([fresh, back].map((stream) => stream.until(() => stream.data("n").includes("2"))));

    expect([fresh.data("n"), back.data("n")]).toEqual([["0", "1", "2"], ["2"]]);
  });

  it("sends an event once that is broadcast in the turn in which the stream opens", async () => {
    const { broker, url } = await start({
      identify: () => {
        void broker.broadcast("n", "just now", { to: everybody });
        return {};
      },
    });

    const stream = await openStream(`${url}?since=${broker.cursor}`);
    await broker.broadcast("end", "", { to: everybody });
    await stream.event("end");

    expect(stream.data("n")).toEqual(["just now"]);
    expect(stream.events[0]?.event).toBe("bk:hello");
  });

  it("leaves out events for other clients", async () => {
    const { broker, url } = await start({ authorizeTopic: (_c, topic) => topic === "mine" });
    const since = broker.cursor;
    await numbers(broker, 0, 1, { to: "theirs" });
    await numbers(broker, 1, 2, { to: "mine" });

    const stream = await openStream(`${url}?topic=mine&since=${since}`);
    await stream.until(() => stream.data("n").length > 0);

    expect(stream.data("n")).toEqual(["1"]);
  });

  it.each([
    ["from another epoch", "12-4"],
    ["from the future", "9999999999999999-1"],
    ["malformed", "x\u00e9 -1"],
    ["far too long", "9".repeat(3000)],
  ])("tells a client to resync whose cursor is unknown: %s", async (_what, cursor) => {
    const { broker, url } = await start();
    await numbers(broker, 0, 3);

    const stream = await openStream(url, { "Last-Event-ID": Buffer.from(cursor).toString("latin1") });
    const resync = await stream.event("bk:resync");

    expect(resync.id).toBe(broker.cursor);
    expect(stream.data("n")).toEqual([]);
  });

  it("tells a client to resync whose cursor is no longer in the log", async () => {
    const { broker, url } = await start({ limits: { logEntries: 8 } });
    const since = broker.cursor;
    await numbers(broker, 0, 20);

    const stream = await openStream(`${url}?since=${since}`);
    await stream.event("bk:resync");

    expect(broker.stats().resets).toBe(1);
  });

  it("keeps the original cursor of a stream that breaks during a replay", async () => {
    const { broker, url } = await start();
    const [first] = await numbers(broker, 0, 3);

    const stream = await openStream(url, { "Last-Event-ID": first ?? "" });
    const hello = await stream.event("bk:hello");

    expect(hello.id).toBe(first);
  });
});

describe("a broker with a log of one event", () => {
  it("delivers broadcasts to everyone, and tells clients that reconnect about the gap", async () => {
    const { broker, url } = await start({ limits: { logEntries: 1, logBytes: 1, logAgeMs: 0 } });
    const there = await openStream(url);
    await there.event("bk:hello");

    const [first] = await numbers(broker, 0, 100);
    await there.until(() => there.data("n").length === 100);
    const back = await openStream(url, { "Last-Event-ID": first ?? "" });
    await back.event("bk:resync");
    await numbers(broker, 100, 101);
    await back.until(() => back.data("n").length > 0);

    expect(there.data("n").slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, n) => String(n)));
    expect(back.data("n")).toEqual(["100"]);
    expect(broker.stats().buffered.events).toBeLessThanOrEqual(2);
  });
});

describe("a slow reader", () => {
  const big = "x".repeat(50_000);

  it("costs only a cursor, delays nobody, and gets everything once it reads again", async () => {
    const { broker, url, port } = await start({ stallMs: 60_000 });
    const socket = await openSocket(port, "/events");
    const fast = await openStream(url);
    await fast.event("bk:hello");
    await expect.poll(() => broker.clientCount).toBe(2);

    for (let n = 0; n < 400; n += 1) {
      void broker.broadcast("n", `${n}:${big}`, { to: everybody });
      if (n % 20 === 19) await fast.until(() => fast.data("n").length === n + 1);
    }
    const whileSlow = broker.stats();
    const slow = new TestStream(unchunk(socket), () => socket.destroy());
    await slow.until(() => slow.data("n").length === 400);

    expect(whileSlow.lagging).toBe(1);
    expect(whileSlow.lag.max).toBeGreaterThan(50);
    expect(slow.data("n").map((data) => Number(data.split(":")[0]))).toEqual(Array.from({ length: 400 }, (_, n) => n));
  });

  it("is told when it has fallen behind the log, and continues from there", async () => {
    const { broker, port } = await start({ stallMs: 60_000, limits: { logEntries: 16 } });
    const socket = await openSocket(port, "/events");
    await expect.poll(() => broker.clientCount).toBe(1);

    for (let n = 0; n < 400; n += 1) await broker.broadcast("n", `${n}:${big}`, { to: everybody });
    await expect.poll(() => broker.stats().lagging).toBe(1);
    const slow = new TestStream(unchunk(socket), () => socket.destroy());
    await slow.event("bk:resync");
    await broker.broadcast("n", "last", { to: everybody });
    await slow.until(() => slow.data("n").includes("last"));

    expect(broker.stats().resets).toBe(1);
  });

  it("is cut off when it reads nothing for too long", async () => {
    const { broker, port } = await start({ stallMs: 50, heartbeatMs: 320 });
    const socket = await openSocket(port, "/events");
    socket.on("error", () => {});
    await expect.poll(() => broker.clientCount).toBe(1);

    for (let n = 0; n < 400; n += 1) await broker.broadcast("n", big, { to: everybody });
    await expect.poll(() => broker.clientCount).toBe(0);

    expect(broker.stats()).toMatchObject({ stalled: 1, lagging: 0 });
    socket.destroy();
  });
});

/** The body of a chunked response on a bare socket. */
async function* unchunk(socket: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  let isBody = false;
  for await (const bytes of socket) {
    rest = Buffer.concat([rest, bytes]);
    const head = isBody ? -1 : rest.indexOf("\r\n\r\n");
    if (!isBody && head < 0) continue;
    if (!isBody) rest = rest.subarray(head + 4);
    isBody = true;
    for (;;) {
      const line = rest.indexOf("\r\n");
      const size = line < 0 ? Number.NaN : Number.parseInt(rest.toString("latin1", 0, line), 16);
      if (Number.isNaN(size) || rest.length < line + size + 4) break;
      yield rest.subarray(line + 2, line + 2 + size);
      rest = rest.subarray(line + size + 4);
    }
  }
}

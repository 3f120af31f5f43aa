import { Hono } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createLogger, silentLogger } from "../../base/index.ts";
import { serveForTest, type TestServer } from "../../test-support/test-server.ts";
import { openStream } from "../../test-support/test-stream.ts";
import type { BackplaneMessage } from "../backplane/backplane.ts";
import { createMemoryBus, MemoryBackplane } from "../backplane/memory-backplane.ts";
import { type Broker, createBroker } from "../broker.ts";
import type { BrokerOptions } from "../broker-options.ts";
import { everybody } from "../everybody.ts";
import { startSSE } from "../start-sse.ts";

const open: { broker: Broker; server: TestServer }[] = [];

async function start(options: BrokerOptions = {}) {
  const broker = createBroker(options);
  const server = await serveForTest(new Hono().get("/events", broker.handler));
  open.push({ broker, server });
  return { broker, url: `${server.url}/events` };
}

afterEach(async () => {
  for (const { broker, server } of open.splice(0)) {
    await broker.close();
    await server.stop();
  }
});

/** A backplane that delivers nothing until it is told to, as after an outage. */
class HeldBackplane extends MemoryBackplane {
  readonly #held: (() => void)[] = [];

  override publish(message: BackplaneMessage): Promise<string> {
    return new Promise((resolve) => this.#held.push(() => resolve(super.publish(message))));
  }

  release(): void {
    for (const publish of this.#held.splice(0)) publish();
  }
}

function collectErrors() {
  const lines: string[] = [];
  const log = createLogger({ destination: { write: (line: string) => void lines.push(line) } });
  return { log, codes: () => lines.map((line) => JSON.parse(line).err?.code).filter(Boolean) };
}

describe("StreamHub", () => {
  it("counts the streams from one IPv6 network together", async () => {
    const { url } = await start({
      limits: { connectionsPerAddress: 2 },
      clientAddress: (c) => c.req.header("x-address") ?? "",
    });
    const addresses = ["2001:db8:1:2::a", "2001:db8:1:2:ffff::b", "2001:db8:1:3::a"];
    const streams = await Promise.all(addresses.map((address) => openStream(url, { "x-address": address })));

    const answer = await fetch(url, { headers: { "x-address": "2001:db8:1:2:1:2:3:4" } });

    // Streams that nothing refers to any more are closed by the garbage collector.
    expect([...streams.map(({ response }) => response.status), answer.status]).toEqual([200, 200, 200, 429]);
  });

  it("has room again for an IPv6 network once its streams have ended", async () => {
    const { broker, url } = await start({
      limits: { connectionsPerAddress: 1 },
      clientAddress: () => "2001:db8:1:2::a",
    });
    const stream = await openStream(url);
    await stream.event("bk:hello");

    await stream.leave();
    await expect.poll(() => broker.clientCount).toBe(0);

    expect((await openStream(url)).response.status).toBe(200);
  });

  it("sends what is pending before a ping, whose cursor is newer", async () => {
    const { broker, url } = await start({ flushMs: 60_000, heartbeatMs: 200 });
    const stream = await openStream(url);
    await stream.event("bk:hello");

    const id = await broker.broadcast("n", 1, { to: everybody });
    await stream.until(({ events }) => events.some((event) => event.id === id && event.event === "bk:ping"));

    expect(stream.data("n")).toEqual(["1"]);
  });

  it("lets a stream live for up to a tenth longer or shorter, so that not all end at the same time", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(1);
    const { url } = await start({ maxLifeMs: 1000 });
    const since = Date.now();
    const stream = await openStream(url);
    random.mockRestore();

    await stream.ended();

    expect(Date.now() - since).toBeGreaterThanOrEqual(1100);
  });

  it("ends a stream within two seconds after its session, and not before", async () => {
    const expiresAt = Date.now() + 700;
    const { url } = await start({ identify: () => ({ sessionId: "s1", expiresAt }), heartbeatMs: 25_000 });

    const stream = await openStream(url);
    await stream.ended();

    const lateMs = Date.now() - expiresAt;
    expect([lateMs >= 0, lateMs < 2000]).toEqual([true, true]);
  });

  it("ends the streams of a session here although the backplane is away", async () => {
    const { broker, url } = await start({
      backplane: new HeldBackplane(),
      identify: (c) => ({ sessionId: c.req.header("x-session") }),
    });
    const [leaving, staying] = [
      await openStream(url, { "x-session": "1" }),
      await openStream(url, { "x-session": "2" }),
    ];
    await Promise.all([leaving, staying].map((stream) => stream.event("bk:hello")));

    void broker.disconnect({ session: "1" });
    await leaving.ended();

    expect([leaving.data("bk:close").length, broker.clientCount]).toEqual([1, 1]);
  });

  it.each([
    ["disconnect", (broker: Broker) => broker.disconnect({ session: "1" })],
    ["reauthorize", (broker: Broker) => broker.reauthorize({ session: "1" })],
  ] as const)("ends what handlers stream to a session, too, on %s", async (_name, command) => {
    const broker = createBroker({ identify: (c) => ({ sessionId: c.req.header("x-session") }) });
    const app = new Hono().get("/stream", (c) => {
      c.set("ownStreams", broker.ownStreams);
      return startSSE(c).response;
    });
    const [ending, staying] = [
      await app.request("/stream", { headers: { "x-session": "1" } }),
      await app.request("/stream", { headers: { "x-session": "2" } }),
    ];

    await command(broker);

    expect(await ending.text()).toBe("");
    expect([broker.stats().writers, staying.bodyUsed]).toEqual([1, false]);
    await broker.close();
  });

  it("tells the other nodes nothing once it is closed, and so warns of nothing", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const warnings: string[] = [];
    const broker = createBroker({
      log: { ...silentLogger, warn: (_facts: object, text: string) => void warnings.push(text) },
      backplane: new MemoryBackplane(),
      identify: () => ({ userId: "ann" }),
      authorizeTopic: () => true,
    });
    const answer = await new Hono().get("/events", broker.handler).request("/events?topic=room");

    await broker.close();
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    await answer.text();

    expect(warnings).toEqual([]);
  });

  it("acts on its own commands once, so that a stream which opened since then stays open", async () => {
    const backplane = new HeldBackplane();
    let now = Date.now();
    const { broker, url } = await start({ backplane, identify: () => ({ userId: "ann" }), clock: { now: () => now } });

    const disconnected = broker.disconnect({ user: "ann" });
    now += 1;
    const stream = await openStream(url);
    await stream.event("bk:hello");
    backplane.release();
    await disconnected;

    expect([stream.data("bk:close"), broker.clientCount]).toEqual([[], 1]);
  });

  it.each([
    ["another site", 403, {}, "", { "Sec-Fetch-Site": "cross-site" }],
    ["too many topics", 429, { limits: { topics: 1 } }, "?topic=a&topic=b", {}],
    ["malformed topic", 400, {}, "?topic=%00", {}],
    ["not logged in", 401, { identify: () => null }, "", {}],
    ["connections", 503, { limits: { connections: 0 } }, "", {}],
    ["connectionsPerUser", 429, { limits: { connectionsPerUser: 0 }, identify: () => ({ userId: "ann" }) }, "", {}],
    ["connectionsPerAddress", 429, { limits: { connectionsPerAddress: 0 }, clientAddress: () => "192.0.2.1" }, "", {}],
  ] satisfies [string, number, BrokerOptions, string, Record<string, string>][])(
    "logs that it refused a stream: %s",
    async (reason, status, options, query, headers) => {
      const refusals: unknown[] = [];
      const log = { ...silentLogger, info: (facts: object) => void refusals.push(facts) };
      const { broker, url } = await start({ ...options, log });

      const answer = await fetch(`${url}${query}`, { headers });

      expect([answer.status, refusals]).toEqual([status, [{ reason, status }]]);
      expect(broker.stats()).toMatchObject({ refused: 1, opened: 0, connections: 0 });
      const limited = status === 503 || status === 429;
      expect(answer.headers.get("Retry-After")).toBe(limited ? "5" : null);
    },
  );

  it("refuses streams while it ends, and those whose session ended while they were being authorized", async () => {
    const reasons: unknown[] = [];
    const log = { ...silentLogger, info: (facts: object) => void reasons.push(Reflect.get(facts, "reason")) };
    let action: (broker: Broker) => Promise<unknown> = async () => {};
    const { broker, url } = await start({
      log,
      dev: true,
      identify: async () => {
        await action(broker);
        return { userId: "ann" };
      },
    });
    const statusAfter = async (next: typeof action) => {
      action = next;
      const answer = await fetch(url);
      return [answer.status, (await answer.text()).slice(0, 15)];
    };

    const answers = [
      await statusAfter((held) => held.disconnect({ user: "ann" }, "logged out")),
      await statusAfter((held) => held.reauthorize({ user: "ann" })),
      await statusAfter((held) => held.drain()),
    ];

    expect(answers).toEqual([
      [200, "event: bk:close"],
      [503, ""],
      [503, ""],
    ]);
    expect(reasons).toEqual(["superseded", "superseded", "closing"]);
  });

  it("logs once that another process, which doesn't share its backplane, has rendered a page that came here", async () => {
    const { log, codes } = collectErrors();
    const older = await start({ log, backplane: new MemoryBackplane(createMemoryBus(Date.now() - 1000)) });
    const newer = await start();

    for (let page = 0; page < 2; page += 1) await openStream(`${older.url}?since=${newer.broker.cursor}`);
    await openStream(`${newer.url}?since=${older.broker.cursor}`);

    expect(codes()).toEqual(["SSE_SEPARATE_PROCESSES"]);
  });
});

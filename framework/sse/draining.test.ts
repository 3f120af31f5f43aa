import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { createGate } from "../test-support/create-gate.ts";
import { serveForTest, type TestServer } from "../test-support/test-server.ts";
import { openStream, type TestStream } from "../test-support/test-stream.ts";
import { createMemoryBus, MemoryBackplane } from "./backplane/memory-backplane.ts";
import { type Broker, createBroker } from "./broker.ts";
import type { BrokerOptions } from "./broker-options.ts";
import { everybody } from "./everybody.ts";

const open: { broker: Broker; server: TestServer }[] = [];

async function start(options: BrokerOptions = {}): Promise<{ broker: Broker; url: string }> {
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

async function listen(url: string, headers: Record<string, string> = {}): Promise<TestStream> {
  const stream = await openStream(url, headers);
  await stream.event("bk:hello");
  return stream;
}

async function listenTimes(times: number, url: string): Promise<readonly TestStream[]> {
  return await Promise.all(Array.from({ length: times }, () => listen(url)));
}

/** What a browser sends when it reconnects. */
function lastIdOf(stream: TestStream): string {
  return stream.events.findLast(({ id }) => id !== undefined)?.id ?? "";
}

/** One of two nodes. */
function nodeOf(bus = createMemoryBus()): BrokerOptions {
  return { backplane: new MemoryBackplane(bus) };
}

describe("draining a broker", () => {
  it("ends the streams of one node of several one after the other", async () => {
    const { broker, url } = await start(nodeOf());
    const streams = await listenTimes(40, url);
    const counts = new Set<number>();
    for (const stream of streams) void stream.ended().then(() => counts.add(broker.clientCount));

    await broker.drain();
    await Promise.all(streams.map((stream) => stream.ended()));

    expect(counts.size).toBeGreaterThan(2);
    expect(broker.clientCount).toBe(0);
  });

  it("tells clients that another node awaits to come back at once, each at its own time", async () => {
    const { broker, url } = await start(nodeOf());
    const streams = await listenTimes(12, url);

    await broker.drain();
    await Promise.all(streams.map((stream) => stream.ended()));

    const retries = streams.map((stream) => stream.retries.at(-1) ?? Number.NaN);
    expect(Math.max(...retries)).toBeLessThanOrEqual(250);
    expect(new Set(retries).size).toBeGreaterThan(1);
  });

  it("loses nothing that is broadcast meanwhile: each client hears it before or at the other node", async () => {
    const bus = createMemoryBus();
    const [leaving, staying] = [await start(nodeOf(bus)), await start(nodeOf(bus))];
    const streams = await listenTimes(20, leaving.url);

    const drained = leaving.broker.drain();
    await leaving.broker.broadcast("news", "late", { to: everybody });
    await drained;

    const missed = streams.filter((stream) => stream.data("news").length === 0);
    for (const stream of missed) {
      await stream.ended();
      const resumed = await listen(staying.url, { "Last-Event-ID": lastIdOf(stream) });
      await resumed.event("news");
      await resumed.leave();
    }
    expect(streams).toHaveLength(20);
  });

  it("keeps the streams of a single node open until nothing more will be broadcast", async () => {
    const { broker, url } = await start();
    const quiet = createGate();
    const stream = await listen(url);

    const drained = broker.drain(quiet.opened);
    await broker.broadcast("news", "late", { to: everybody });
    await stream.event("news");
    quiet.open();
    await drained;

    await stream.ended();
    expect(stream.retries.at(-1)).toBeGreaterThanOrEqual(1000);
  });

  it("still publishes afterwards, and opens no new stream", async () => {
    const bus = createMemoryBus();
    const [leaving, staying] = [await start(nodeOf(bus)), await start(nodeOf(bus))];
    const stream = await listen(staying.url);

    await leaving.broker.drain();
    await leaving.broker.broadcast("news", "last", { to: everybody });

    await stream.event("news");
    expect((await fetch(leaving.url)).status).toBe(503);
  });

  it("spreads the reconnects of many clients over a time that the setting limits", async () => {
    const { broker, url } = await start({ ...nodeOf(), spreadMs: 0 });
    const streams = await listenTimes(40, url);

    await broker.drain();

    await Promise.all(streams.map((stream) => stream.ended()));
    expect(broker.clientCount).toBe(0);
  });
});

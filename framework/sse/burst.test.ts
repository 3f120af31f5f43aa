import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { serveForTest, type TestServer } from "../test-support/test-server.ts";
import { openStream, type TestStream } from "../test-support/test-stream.ts";
import { type Broker, createBroker } from "./broker.ts";
import type { BrokerOptions } from "./broker-options.ts";
import { everybody } from "./everybody.ts";

const open: { broker: Broker; server: TestServer }[] = [];

async function start(options: BrokerOptions = {}) {
  const broker = createBroker(options);
  const server = await serveForTest(new Hono().get("/events", broker.handler));
  open.push({ broker, server });
  return { broker, url: `${server.url}/events` };
}

async function listen(url: string): Promise<TestStream> {
  const stream = await openStream(url);
  await stream.event("bk:hello");
  return stream;
}

afterEach(async () => {
  for (const { broker, server } of open.splice(0)) {
    await broker.close();
    await server.stop();
  }
});

describe("a burst", () => {
  it("reaches every client in order and without loss", async () => {
    const { broker, url } = await start();
    const streams = [await listen(url), await listen(url), await listen(url)];
    const numbers = Array.from({ length: 3000 }, (_, n) => String(n));

    for (const n of numbers) void broker.broadcast("n", n, { to: everybody });

    await Promise.all(streams.map((stream) => stream.until(() => stream.data("n").length === 3000)));
    expect(streams.map((stream) => stream.data("n"))).toEqual(Array(3).fill(numbers));
  });

  it("arrives completely even if it is larger than the log", async () => {
    const { broker, url } = await start({ limits: { logBytes: 10_000 } });
    const stream = await listen(url);

    for (let n = 0; n < 100; n += 1) void broker.broadcast("tick", `${n}${"x".repeat(1000)}`, { to: everybody });
    await broker.broadcast("end", "", { to: everybody });
    await stream.event("end");

    expect(stream.data("tick")).toHaveLength(100);
    expect(stream.data("bk:resync")).toEqual([]);
  });
});

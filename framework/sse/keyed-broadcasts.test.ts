import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { serveForTest, type TestServer } from "../test-support/test-server.ts";
import { openStream } from "../test-support/test-stream.ts";
import { type Broker, createBroker } from "./broker.ts";
import type { BrokerOptions } from "./broker-options.ts";
import { everybody } from "./everybody.ts";

const open: { broker: Broker; server: TestServer }[] = [];

async function start(options: BrokerOptions = {}) {
  const broker = createBroker({ authorizeTopic: () => true, ...options });
  await broker.ready;
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

describe("broadcasts with a key", () => {
  it("reach a page that was away as one message, however many there were", async () => {
    const { broker, url } = await start();
    const since = broker.cursor;
    for (let n = 1; n <= 500; n += 1) await broker.broadcast("n", n, { to: everybody, key: "count" });
    await broker.broadcast("end", "", { to: everybody });

    const stream = await openStream(url, { "Last-Event-ID": since });
    await stream.event("end");

    expect(stream.data("n")).toEqual(["500"]);
    expect(broker.stats().replaced).toBe(499);
    expect(broker.stats().buffered.events).toBe(2);
  });

  it("all reach a page that is connected, in order", async () => {
    const { broker, url } = await start();
    const stream = await openStream(url);
    await stream.event("bk:hello");

    for (let n = 1; n <= 5; n += 1) void broker.broadcast("n", n, { to: everybody, key: "count" });
    await stream.until(() => stream.data("n").length === 5);

    expect(stream.data("n")).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("don't shorten what others can replay, by their number or by their size", async () => {
    const { broker, url } = await start({ limits: { logEntries: 8, logBytes: 10_000 } });
    const since = broker.cursor;
    for (let n = 1; n <= 5; n += 1) await broker.broadcast("n", n, { to: "quiet" });

    for (let n = 0; n < 1000; n += 1) await broker.broadcast("m", "x".repeat(1000), { to: "busy", key: "count" });
    const stream = await openStream(`${url}?topic=quiet`, { "Last-Event-ID": since });
    await stream.until(() => stream.data("n").includes("5"));

    expect(stream.data("n")).toEqual(["1", "2", "3", "4", "5"]);
    expect(stream.data("bk:resync")).toEqual([]);
  });

  it("replace only those with the same addressees", async () => {
    const { broker, url } = await start();
    const since = broker.cursor;
    await broker.broadcast("n", "a", { to: "a", key: "k" });
    await broker.broadcast("n", "b", { to: "b", key: "k" });
    await broker.broadcast("n", "everybody", { to: everybody, key: "k" });
    await broker.broadcast("n", "newer a", { to: "a", key: "k" });

    const stream = await openStream(`${url}?topic=a&topic=b`, { "Last-Event-ID": since });
    await stream.until(() => stream.data("n").includes("newer a"));

    expect(stream.data("n")).toEqual(["b", "everybody", "newer a"]);
  });

  it("are refused with a key that isn't one", async () => {
    const { broker } = await start();

    const refused = ["", "a\nb", "x".repeat(256)].map((key) => broker.broadcast("n", 1, { to: everybody, key }));

    for (const each of refused) await expect(each).rejects.toMatchObject({ code: "SSE_KEY_NOT_SENDABLE" });
  });
});

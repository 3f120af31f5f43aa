import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { renderHtml } from "../../html/index.ts";
import { serveForTest, type TestServer } from "../../test-support/test-server.ts";
import { openStream } from "../../test-support/test-stream.ts";
import { createMemoryBus, MemoryBackplane } from "../backplane/memory-backplane.ts";
import { type Broker, createBroker } from "../broker.ts";
import type { BrokerOptions } from "../broker-options.ts";
import { LiveStream } from "../live-stream.tsx";

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

/** Listens to the topic for a moment, and so is known to be allowed to. */
async function listen(url: string, headers: Record<string, string> = {}): Promise<void> {
  const stream = await openStream(`${url}?topic=room`, headers);
  await stream.event("bk:hello");
  await stream.leave();
}

async function tell(broker: Broker, ...numbers: readonly number[]): Promise<string> {
  const ids = await Promise.all(numbers.map((n) => broker.broadcast("n", n, { to: "room" })));
  return ids.at(-1) ?? "";
}

describe("a topic that nobody announced the right to", () => {
  const options: BrokerOptions = { identify: (c) => ({ userId: c.req.header("x-user") }), authorizeTopic: () => true };
  const ann = { "x-user": "ann" };

  it("is not replayed to somebody who never listened to it, whatever cursor they have", async () => {
    const { broker, url } = await start(options);
    await listen(url, { "x-user": "bob" });
    const elsewhere = await openStream(url, ann);
    await elsewhere.event("bk:hello");
    const since = broker.cursor;
    await tell(broker, 1);

    const streams = await Promise.all([
      openStream(`${url}?topic=room`, { ...ann, "Last-Event-ID": since }),
      openStream(`${url}?topic=room&since=${since}`, ann),
      openStream(`${url}?topic=room&since=${broker.pageCursor}`, { ...ann, "Last-Event-ID": since }),
    ]);
    await Promise.all(streams.map((stream) => stream.event("bk:resync")));

    expect(streams.map((stream) => stream.data("n"))).toEqual([[], [], []]);
  });

  it("is replayed to a page from where it was rendered, but from no earlier place, and for no other topic", async () => {
    const { broker, url } = await start(options);
    const before = broker.cursor;
    await tell(broker, 1);
    const markup = await renderHtml(LiveStream({ since: broker.pageCursor, topics: ["room"] }));
    const page = /connect="\/events([^"]*)"/.exec(markup)?.[1]?.replace("&amp;", "&") ?? "";
    await tell(broker, 2);

    const stream = await openStream(`${url}${page}`, ann);
    const earlier = await openStream(`${url}${page}`, { "x-user": "eve", "Last-Event-ID": before });
    const other = await openStream(`${url}${page.replace("topic=room", "topic=other&topic=room")}`, {
      "x-user": "bob",
    });
    await Promise.all([stream.event("n"), earlier.event("bk:resync"), other.event("bk:resync")]);

    expect([stream.data("n"), earlier.data("n"), other.data("n")]).toEqual([["2"], [], []]);
  });

  it("is replayed on every node to somebody who listened to it on one", async () => {
    const bus = createMemoryBus();
    const [first, second] = [new MemoryBackplane(bus), new MemoryBackplane(bus)];
    const nodes = [
      await start({ ...options, backplane: first }),
      await start({ ...options, backplane: second }),
    ] as const;
    const since = nodes[0].broker.cursor;
    await listen(nodes[0].url, ann);
    await expect.poll(() => nodes[1].broker.cursor).not.toBe(since);
    await tell(nodes[0].broker, 1);

    const stream = await openStream(`${nodes[1].url}?topic=room`, { ...ann, "Last-Event-ID": since });
    const bob = await openStream(`${nodes[1].url}?topic=room`, { "x-user": "bob", "Last-Event-ID": since });
    await Promise.all([stream.event("n"), bob.event("bk:resync")]);

    expect([stream.data("n"), bob.data("n")]).toEqual([["1"], []]);
  });

  it("is replayed to visitors who aren't logged in, who have no rights of their own", async () => {
    const { broker, url } = await start(options);
    const since = broker.cursor;
    await tell(broker, 1);

    const stream = await openStream(`${url}?topic=room`, { "Last-Event-ID": since });
    await stream.event("n");

    expect(stream.data("n")).toEqual(["1"]);
  });
});

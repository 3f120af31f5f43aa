import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { serveForTest, type TestServer } from "../../test-support/test-server.ts";
import { openStream } from "../../test-support/test-stream.ts";
import { type Broker, createBroker } from "../broker.ts";
import type { BrokerOptions } from "../broker-options.ts";

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

describe("a topic that a client was allowed to see later than its cursor", () => {
  const identify: BrokerOptions["identify"] = () => ({ userId: "ann" });

  async function tell(broker: Broker, ...numbers: readonly number[]): Promise<string> {
    const ids = await Promise.all(numbers.map((n) => broker.broadcast("n", n, { to: "room" })));
    return ids.at(-1) ?? "";
  }

  it("is not replayed from before the right was given; the page loads its content again instead", async () => {
    const { broker, url } = await start({ identify, authorizeTopic: () => true });
    const since = await tell(broker, 1);
    await tell(broker, 2);

    await broker.reauthorize({ user: "ann" });
    await tell(broker, 3);
    const stream = await openStream(`${url}?topic=room`, { "Last-Event-ID": since });
    await stream.event("bk:resync");

    expect(stream.data("n")).toEqual([]);
  });

  it("is not replayed from before it was last refused", async () => {
    let isAllowed = false;
    const { broker, url } = await start({ identify, authorizeTopic: () => isAllowed });
    const since = await tell(broker, 1);
    await tell(broker, 2);
    await fetch(`${url}?topic=room`);

    isAllowed = true;
    const stream = await openStream(`${url}?topic=room`, { "Last-Event-ID": since });
    await stream.event("bk:resync");

    expect(stream.data("n")).toEqual([]);
  });

  it("is replayed from after the right was given", async () => {
    const { broker, url } = await start({ identify, authorizeTopic: () => true });
    await broker.reauthorize({ user: "ann" });
    const since = await tell(broker, 1);
    await tell(broker, 2);

    const stream = await openStream(`${url}?topic=room`, { "Last-Event-ID": since });
    await stream.event("n");

    expect([stream.data("n"), stream.data("bk:resync")]).toEqual([["2"], []]);
  });

  it("is replayed as before to others", async () => {
    const { broker, url } = await start({ identify, authorizeTopic: () => true });
    const since = await tell(broker, 1);
    await broker.reauthorize({ user: "bob" });
    await tell(broker, 2);

    const stream = await openStream(`${url}?topic=room`, { "Last-Event-ID": since });
    await stream.event("n");

    expect([stream.data("n"), stream.data("bk:resync")]).toEqual([["2"], []]);
  });
});

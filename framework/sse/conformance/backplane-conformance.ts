import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { serveForTest, type TestServer } from "../../test-support/test-server.ts";
import { openStream } from "../../test-support/test-stream.ts";
import type { Backplane } from "../backplane/backplane.ts";
import { type Broker, createBroker } from "../broker.ts";
import type { BrokerOptions } from "../broker-options.ts";

/** A node: a broker with its server. */
export interface TestNode {
  readonly broker: Broker;
  readonly server: TestServer;
  readonly url: string;
}

/** Starts a node; the header `x-user` says who the user of a stream is. */
export async function startNode(backplane: Backplane, options: BrokerOptions = {}): Promise<TestNode> {
  const identify: BrokerOptions["identify"] = (c) => ({
    userId: c.req.header("x-user"),
    sessionId: c.req.header("x-session"),
  });
  const broker = createBroker({ identify, backplane, ...options });
  const server = await serveForTest(new Hono().get("/events", broker.handler));
  await broker.ready;
  return { broker, server, url: `${server.url}/events` };
}

export async function stopNode(node: TestNode): Promise<void> {
  await node.broker.close();
  await node.server.stop();
}

/** The contract of a backplane, tested with two nodes. `join` connects a node to the shared order of messages. */
export function describeBackplane(name: string, join: () => Backplane): void {
  const nodes: TestNode[] = [];
  const start = async (options: BrokerOptions = {}) => {
    const node = await startNode(join(), options);
    nodes.push(node);
    return node;
  };
  afterEach(async () => {
    for (const node of nodes.splice(0)) await stopNode(node);
  });

  describe(name, () => {
    it("tracks the listeners of a watched topic on every node, and announces each change to them once", async () => {
      const presence = { watches: (topic: string) => topic === "room", graceMs: 60 };
      const options: BrokerOptions = { presence, authorizeTopic: () => true };
      const [a, b] = [await start(options), await start(options)];
      const changesSeenBy = (stream: { data(type: string): string[] }) =>
        stream.data("bk:presence").map((data) => JSON.parse(data));

      const ann = await openStream(`${a.url}?topic=room`, { "x-user": "ann" });
      await ann.event("bk:presence");
      const bob = await openStream(`${b.url}?topic=room`, { "x-user": "bob" });
      await ann.until(() => changesSeenBy(ann).length === 2);
      const together = [a, b].map((node) => node.broker.presence("room"));
      await bob.leave();
      await ann.until(() => changesSeenBy(ann).length === 3);

      expect(together).toEqual([
        ["ann", "bob"],
        ["ann", "bob"],
      ]);
      expect(changesSeenBy(ann)).toEqual([
        { topic: "room", member: "ann", isHere: true },
        { topic: "room", member: "bob", isHere: true },
        { topic: "room", member: "bob", isHere: false },
      ]);
      expect(a.broker.presence("room")).toEqual(["ann"]);
      await ann.leave();
    });

    it("delivers a broadcast to the clients of all nodes with the same id", async () => {
      const [a, b] = [await start(), await start()];
      const streams = [await openStream(a.url), await openStream(b.url)];
      await Promise.all(streams.map((stream) => stream.event("bk:hello")));

      const id = await a.broker.broadcast("n", "to all");

      const events = await Promise.all(streams.map((stream) => stream.event("n")));
      expect(events).toEqual(Array(2).fill({ id, event: "n", data: "to all" }));
    });

    it("delivers messages to the clients of all nodes in the same order, each once", async () => {
      const [a, b] = [await start(), await start()];
      const streams = [await openStream(a.url), await openStream(b.url)];
      await Promise.all(streams.map((stream) => stream.event("bk:hello")));

      const sent: Promise<string>[] = [];
      for (let n = 0; n < 200; n += 1) sent.push(a.broker.broadcast("n", `a${n}`), b.broker.broadcast("n", `b${n}`));
      const ids = await Promise.all(sent);

      await Promise.all(streams.map((stream) => stream.until(() => stream.data("n").length >= 400)));
      const [first, second] = streams.map((stream) => stream.data("n"));
      expect(first).toEqual(second);
      expect(new Set(ids).size).toBe(400);
      expect(first?.filter((data) => data.startsWith("a"))).toEqual(Array.from({ length: 200 }, (_, n) => `a${n}`));
    });

    it("lets a client resume on another node where it left off", async () => {
      const [a, b] = [await start(), await start()];
      const ids = await Promise.all([1, 2, 3].map((n) => a.broker.broadcast("n", n)));

      const stream = await openStream(b.url, { "Last-Event-ID": ids[0] ?? "" });
      await stream.until(() => stream.data("n").includes("3"));

      expect(stream.data("n")).toEqual(["2", "3"]);
      expect(stream.data("bk:resync")).toEqual([]);
    });

    it("respects topics and exceptions on every node", async () => {
      const [a, b] = [await start(), await start()];
      const ada = await openStream(b.url, { "x-user": "ada" });
      const bob = await openStream(b.url, { "x-user": "bob" });
      const { connectionId }: { connectionId: string } = JSON.parse((await bob.event("bk:hello")).data);
      await ada.event("bk:hello");

      await a.broker.broadcast("n", "ada", { to: ["user:ada", "user:eve"] });
      await a.broker.broadcast("n", "all but bob", { except: connectionId });
      await a.broker.broadcast("end", "");
      await Promise.all([ada.event("end"), bob.event("end")]);

      expect([ada.data("n"), bob.data("n")]).toEqual([["ada", "all but bob"], []]);
    });

    it("ends the streams of a session on all nodes, after sending the reason", async () => {
      const [a, b] = [await start(), await start()];
      const leaving = await openStream(b.url, { "x-session": "s1" });
      const staying = await openStream(b.url, { "x-session": "s2" });
      await Promise.all([leaving, staying].map((stream) => stream.event("bk:hello")));

      await a.broker.disconnect({ session: "s1" });
      await leaving.ended();
      await b.broker.broadcast("n", "still here");
      await staying.event("n");

      expect(leaving.events.at(-1)).toMatchObject({
        event: "bk:close",
        data: '{"reason":"session-ended","path":"/login"}',
      });
    });

    it("tells a client with an unknown cursor to resync", async () => {
      const a = await start();

      const stream = await openStream(a.url, { "Last-Event-ID": "9999999999999999-1" });

      expect((await stream.event("bk:resync")).id).toBe(a.broker.cursor);
    });
  });
}

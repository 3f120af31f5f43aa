import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type ConformanceCheck, type ConformanceSubject, createChecks, type OpenSubject } from "../../base/index.ts";
import type { Backplane } from "../backplane/backplane.ts";
import type { BrokerOptions } from "../broker-options.ts";
import { compareEventIds, type EventId, parseEventId } from "../event/wire-format.ts";
import { BrokerNode } from "./broker-node.ts";

/** A backplane under test. */
export interface BackplaneSubject extends ConformanceSubject {
  /** A backplane of one more node, which shares the order of messages with those before. Its broker closes it. */
  join(): Backplane;
}

/** What every `Backplane` must do, as checks of the one that `open` returns, with two nodes each. */
export function backplaneChecks(open: OpenSubject<BackplaneSubject>): readonly ConformanceCheck[] {
  return createChecks(
    open,
    rules.map(({ name, test }) => ({ name, test: (subject) => withNodes(subject, test) })),
  );
}

type StartNode = (options?: BrokerOptions) => Promise<BrokerNode>;

async function withNodes({ join }: BackplaneSubject, test: (start: StartNode) => Promise<void>): Promise<void> {
  const nodes: BrokerNode[] = [];
  try {
    await test(async (options) => {
      const node = await BrokerNode.start(join(), options);
      nodes.push(node);
      return node;
    });
  } finally {
    for (const { broker } of nodes) await broker.close();
  }
}

const rules: readonly { readonly name: string; test(start: StartNode): Promise<void> }[] = [
  {
    name: "tracks the listeners of a watched topic on every node, and announces each change to them once",
    async test(start) {
      const presence = { watches: (topic: string) => topic === "room", graceMs: 60 };
      const [a, b] = [await start({ presence }), await start({ presence })];
      const ann = await a.open({ "x-user": "ann" });
      await ann.event("bk:presence");
      const bob = await b.open({ "x-user": "bob" });
      await ann.until(() => ann.data("bk:presence").length === 2);
      deepStrictEqual(a.broker.presence("room"), ["ann", "bob"]);
      deepStrictEqual(b.broker.presence("room"), ["ann", "bob"]);
      await bob.leave();
      await ann.until(() => ann.data("bk:presence").length === 3);
      deepStrictEqual(
        ann.data("bk:presence").map((data) => JSON.parse(data)),
        [
          { topic: "room", member: "ann", isHere: true },
          { topic: "room", member: "bob", isHere: true },
          { topic: "room", member: "bob", isHere: false },
        ],
      );
      deepStrictEqual(a.broker.presence("room"), ["ann"]);
    },
  },
  {
    name: "delivers a broadcast to the clients of all nodes with the same id",
    async test(start) {
      const [a, b] = [await start(), await start()];
      const streams = [await a.open(), await b.open()];
      const id = await a.broadcast("n", "to all", { to: "room" });
      for (const stream of streams) deepStrictEqual(await stream.event("n"), { name: "n", id, data: "to all" });
    },
  },
  {
    name: "delivers messages to the clients of all nodes in the same order, each once",
    async test(start) {
      const [a, b] = [await start(), await start()];
      const streams = [await a.open(), await b.open()];
      const sent: Promise<string>[] = [];
      for (let n = 0; n < 200; n += 1) {
        sent.push(a.broadcast("n", `a${n}`, { to: "room" }));
        sent.push(b.broadcast("n", `b${n}`, { to: "room" }));
      }
      const ids = await Promise.all(sent);
      await Promise.all(streams.map((stream) => stream.until(() => stream.data("n").length >= 400)));
      const [first, second] = streams.map((stream) => stream.data("n"));
      deepStrictEqual(first, second);
      strictEqual(new Set(ids).size, 400);
      const fromA = first?.filter((data) => data.startsWith("a"));
      deepStrictEqual(
        fromA,
        Array.from({ length: 200 }, (_, n) => `a${n}`),
      );
    },
  },
  {
    name: "lets a client resume on another node where it left off",
    async test(start) {
      const [a, b] = [await start(), await start()];
      const ids = await Promise.all([1, 2, 3].map((n) => a.broadcast("n", n, { to: "room" })));
      const stream = await b.open({ "Last-Event-ID": ids[0] ?? "" });
      await stream.until(() => stream.data("n").includes("3"));
      deepStrictEqual(stream.data("n"), ["2", "3"]);
      deepStrictEqual(stream.data("bk:resync"), []);
    },
  },
  {
    name: "lets somebody who is logged in resume on another node, if they have listened to the topic",
    async test(start) {
      const [a, b] = [await start(), await start()];
      const stream = await a.open({ "x-user": "ada" });
      const since = await a.broadcast("n", "seen", { to: "room" });
      await stream.event("n");
      // The next message of all is the one that tells node b about the listener.
      await hasPassed(b, since);
      await a.broadcast("n", "missed", { to: "room" });
      const back = await b.open({ "x-user": "ada", "Last-Event-ID": since });
      const other = await b.open({ "x-user": "eve", "Last-Event-ID": since });
      deepStrictEqual([(await back.event("n")).data, back.data("bk:resync")], ["missed", []]);
      await other.event("bk:resync");
      deepStrictEqual(other.data("n"), []);
    },
  },
  {
    name: "replays only the newest of the broadcasts with one key on every node, and sends each to open streams",
    async test(start) {
      const [a, b] = [await start(), await start()];
      const stream = await b.open();
      const since = await a.broadcast("n", "before", { to: "room" });
      for (const n of [1, 2, 3]) await a.broadcast("n", n, { to: "room", key: "count" });
      await b.broadcast("n", "other key", { to: "room", key: "other" });
      await stream.until(() => stream.data("n").includes("other key"));
      deepStrictEqual(stream.data("n"), ["before", "1", "2", "3", "other key"]);
      for (const node of [a, b]) {
        const back = await node.open({ "Last-Event-ID": since });
        await back.until(() => back.data("n").includes("other key"));
        deepStrictEqual(back.data("n"), ["3", "other key"]);
      }
    },
  },
  {
    name: "respects topics and exceptions on every node",
    async test(start) {
      const [a, b] = [await start(), await start()];
      const ada = await b.open({ "x-user": "ada" });
      const bob = await b.open({ "x-user": "bob" });
      const { connectionId }: { connectionId: string } = JSON.parse((await bob.event("bk:hello")).data);
      await a.broadcast("n", "ada", { to: ["user:ada", "user:eve"] });
      await a.broadcast("n", "all but bob", { to: "room", except: connectionId });
      await a.broadcast("end", "", { to: "room" });
      await Promise.all([ada.event("end"), bob.event("end")]);
      deepStrictEqual([ada.data("n"), bob.data("n")], [["ada", "all but bob"], []]);
    },
  },
  {
    name: "ends the streams of a session on all nodes, after sending the reason",
    async test(start) {
      const [a, b] = [await start(), await start()];
      const leaving = await b.open({ "x-session": "s1" });
      const staying = await b.open({ "x-session": "s2" });
      await a.broker.disconnect({ session: "s1" });
      await leaving.until(() => leaving.isEnded);
      await b.broadcast("n", "still here", { to: "room" });
      await staying.event("n");
      strictEqual(leaving.events.at(-1)?.name, "bk:close");
      deepStrictEqual(JSON.parse(leaving.events.at(-1)?.data ?? ""), { reason: "session-ended", path: "/login" });
    },
  },
  {
    name: "tells a client with an unknown cursor to resync",
    async test(start) {
      const a = await start();
      const stream = await a.open({ "Last-Event-ID": "9999999999999999-1" });
      strictEqual((await stream.event("bk:resync")).id, a.broker.cursor);
    },
  },
];

/** Waits until the node has received something after this id. */
async function hasPassed(node: BrokerNode, id: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (compareEventIds(cursorOf(node.broker.cursor), cursorOf(id)) <= 0) {
    ok(performance.now() < deadline, `expected the node to receive something after ${id}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function cursorOf(text: string): EventId {
  const id = parseEventId(text);
  ok(id, `${text} is not an id`);
  return id;
}

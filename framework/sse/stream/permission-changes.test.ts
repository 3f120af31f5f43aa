import { Hono } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { serveForTest, type TestServer } from "../../test-support/test-server.ts";
import { openStream } from "../../test-support/test-stream.ts";
import { MemoryBackplane } from "../backplane/memory-backplane.ts";
import { type Broker, createBroker } from "../broker.ts";
import type { BrokerOptions, Identity } from "../broker-options.ts";
import { EventLog } from "../delivery/event-log.ts";
import type { EventId } from "../event/wire-format.ts";
import { PermissionChanges } from "./permission-changes.ts";

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

describe("a topic that a client was allowed to see later than its cursor", () => {
  const identify: BrokerOptions["identify"] = () => ({ userId: "ann" });

  it("is not replayed from before the right was given; the page loads its content again instead", async () => {
    const { broker, url } = await start({ identify, authorizeTopic: () => true });
    await listen(url);
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
    isAllowed = true;
    await listen(url);
    isAllowed = false;
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
    await listen(url);
    const since = await tell(broker, 1);
    await tell(broker, 2);

    const stream = await openStream(`${url}?topic=room`, { "Last-Event-ID": since });
    await stream.event("n");

    expect([stream.data("n"), stream.data("bk:resync")]).toEqual([["2"], []]);
  });

  it("is replayed as before to others", async () => {
    const { broker, url } = await start({ identify, authorizeTopic: () => true });
    await listen(url);
    const since = await tell(broker, 1);
    await broker.reauthorize({ user: "bob" });
    await tell(broker, 2);

    const stream = await openStream(`${url}?topic=room`, { "Last-Event-ID": since });
    await stream.event("n");

    expect([stream.data("n"), stream.data("bk:resync")]).toEqual([["2"], []]);
  });
});

describe("PermissionChanges", () => {
  /** A log of one event for each of these topics, with the ids 1-1, 1-2 and so on. */
  function prepare(...topics: readonly string[]) {
    const log = new EventLog({ maxEntries: 64, maxBytes: 1e6, maxAgeMs: 1e9 });
    log.reset({ epoch: 1, sequence: 0 });
    topics.forEach((topic, index) => {
      log.append(idOf(index + 1), { topics: [topic], except: null, text: "data: x\n\n", at: 0 });
    });
    const changes = new PermissionChanges(log, { backplane: new MemoryBackplane(), isAlone: true, log: silentLogger });
    // As for a page from before all of them, so that only changes and refusals count.
    const forbids = (since: EventId, identity: Identity, topics: readonly string[]) =>
      changes.admit({ since, identity, topics, renderedAt: idOf(0) }) === "unknown";
    return { changes, forbids };
  }

  const idOf = (sequence: number) => ({ epoch: 1, sequence });
  const ann = { userId: "ann", sessionId: "s1" };

  it.each([
    ["the user", { user: "ann" }, true],
    ["another user", { user: "bob" }, false],
    ["the session", { session: "s1" }, true],
    ["another session", { session: "s2" }, false],
    ["the topic", { topic: "room" }, true],
    ["another topic", { topic: "hall" }, false],
    ["a connection, which is gone", { connection: "c1" }, false],
  ] as const)("forbids a replay after a change for %s: %j %s", (_name, selector, isForbidden) => {
    const { changes, forbids } = prepare("room", "room", "room");

    changes.add(selector, idOf(2));

    expect(forbids(idOf(1), ann, ["room"])).toBe(isForbidden);
  });

  it("forbids only what is between the cursor and the change, wherever it is there", () => {
    const { changes, forbids: forbidsAll } = prepare("hall", "hall", "room", "hall", "room");
    changes.add({ user: "ann" }, idOf(3));
    const forbids = (since: number, topic: string) => forbidsAll(idOf(since), ann, [topic]);

    expect([forbids(1, "room"), forbids(2, "room"), forbids(3, "room"), forbids(4, "room")]).toEqual([
      ...[true, true, false, false],
    ]);
    expect([forbids(1, "hall"), forbids(2, "hall"), forbids(1, "cellar")]).toEqual([true, false, false]);
  });

  it("forbids nothing that isn't known anymore", () => {
    const { changes, forbids } = prepare("room", "room");
    changes.add({ user: "ann" }, idOf(2));

    expect(forbids({ epoch: 0, sequence: 7 }, ann, ["room"])).toBe(false);
  });

  it.each([
    ["a user, in any session", ann, { userId: "ann", sessionId: "s2" }, true],
    ["a user, and not to others", ann, { userId: "bob", sessionId: "s1" }, false],
    ["a session without a user", { sessionId: "s1" }, { sessionId: "s1" }, true],
    ["a visitor, as to all of them", {}, {}, true],
  ])("remembers that a topic was refused to %s", (_name, refused, reader, isForbidden) => {
    const { changes, forbids } = prepare("room", "room");

    changes.refuse(refused, "room");

    expect(forbids(idOf(1), reader, ["room"])).toBe(isForbidden);
  });

  it("forbids everything from before a change that it had to forget", () => {
    const { changes, forbids } = prepare("room", "room", "room");
    changes.add({ user: "forgotten" }, idOf(2));
    for (let n = 1; n < 10_000; n += 1) changes.add({ user: `user ${n}` }, idOf(1));
    const before = forbids(idOf(1), ann, ["room"]);

    changes.add({ user: "one more" }, idOf(1));

    expect([before, forbids(idOf(1), ann, ["room"])]).toEqual([false, true]);
  });

  it("tells the other nodes together, after a moment, who listens to what, and nothing more once it is closed", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const told: unknown[] = [];
    const backplane = new MemoryBackplane();
    await backplane.start({ onMessage: (_id, message) => void told.push(message), onReset() {} });
    const log = new EventLog({ maxEntries: 64, maxBytes: 1e6, maxAgeMs: 1e9 });
    const changes = new PermissionChanges(log, { backplane, isAlone: false, log: silentLogger });
    const admit = (topic: string) => changes.admit({ since: null, identity: ann, topics: [topic], renderedAt: null });

    for (const topic of ["room", "hall"]) admit(topic);
    vi.advanceTimersByTime(49);
    const early = [...told];
    vi.advanceTimersByTime(1);
    const then = [...told];
    admit("cellar");
    changes.close();
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();

    const listeners = ["room", "hall"].map((topic) => [`${topic}\u0001ann`, "0-0"]);
    expect([early, then, told.length]).toEqual([[], [{ kind: "listeners", listeners }], 1]);
  });
});

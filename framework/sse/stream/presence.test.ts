import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import type { BackplaneMessage, PresenceMessage } from "../backplane/backplane.ts";
import { createMemoryBus, MemoryBackplane } from "../backplane/memory-backplane.ts";
import { createBroker } from "../broker.ts";
import type { PresenceChange } from "../broker-options.ts";
import { Presence } from "./presence.ts";

const start = 1_800_000_000_000;
const ann = { id: "c1", userId: "ann", pageId: undefined, address: "", topics: ["room", "quiet"], expiresAt: 0 };

/** A node that receives its own reports, and a clock to turn. */
async function createNode({ node = "a", bus = createMemoryBus(), log = silentLogger } = {}) {
  const time = { now: start };
  const said: BackplaneMessage[] = [];
  const changes: PresenceChange[] = [];
  const backplane = new MemoryBackplane(bus);
  const presence = new Presence(
    node,
    {
      watches: (topic) => topic === "room",
      onChange: (change) => void changes.push(change),
      graceMs: 3000,
    },
    { clock: { now: () => time.now }, log, heartbeatMs: 25_000, backplane },
  );
  await backplane.start({
    onMessage(_id, message) {
      said.push(message);
      if (message.kind === "presence") presence.receive(message);
    },
    onReset() {},
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { presence, time, said, changes, settle, backplane };
}

function saidBy(node: string, facts: Partial<PresenceMessage>): PresenceMessage {
  return { kind: "presence", node, isWhole: false, here: [], gone: [], ...facts };
}

describe("Presence", () => {
  it("tracks only watched topics, and each member once no matter how many streams they have", async () => {
    const { presence, changes, settle } = await createNode();

    presence.enter(ann);
    presence.enter({ ...ann, id: "c2" });
    await settle();

    expect(presence.members("room")).toEqual(["ann"]);
    expect(presence.members("quiet")).toEqual([]);
    expect(changes).toEqual([{ topic: "room", member: "ann", isHere: true }]);
    presence.close();
  });

  it("treats a long absence as leaving, but not a short one", async () => {
    const { presence, time, changes, settle } = await createNode();
    presence.enter(ann);
    presence.leave(ann);
    time.now += 2000;
    presence.tick();
    presence.enter(ann);
    presence.leave(ann);
    const afterBreak = presence.members("room");

    time.now += 3000;
    presence.tick();
    await settle();

    expect(afterBreak).toEqual(["ann"]);
    expect(changes.map(({ isHere }) => isHere)).toEqual([true, false]);
    presence.close();
  });

  it("removes who was on nodes that have died, and has the first node announce it", async () => {
    const bus = createMemoryBus();
    const [first, second] = [await createNode({ node: "a", bus }), await createNode({ node: "b", bus })];
    const nodes = [first, second];
    first.presence.enter(ann);
    second.presence.enter(ann);
    for (const { presence } of nodes) presence.receive(saidBy("dead", { here: [["room", "bob"]] }));
    const before = nodes.map(({ presence }) => presence.members("room"));

    for (const { presence } of nodes) presence.bury(["dead", "unknown"]);
    await first.settle();

    expect(before).toEqual(nodes.map(() => ["ann", "bob"]));
    expect(nodes.map(({ presence }) => presence.members("room"))).toEqual(nodes.map(() => ["ann"]));
    const left = { topic: "room", member: "bob", isHere: false };
    expect(nodes.map(({ changes }) => changes.filter(({ member }) => member === "bob"))).toEqual([[left], []]);
    for (const { presence } of nodes) presence.close();
  });

  it("repeats the full list, so that a node that starts later gets it", async () => {
    const { presence, time, said } = await createNode();
    presence.enter(ann);
    presence.tick();
    said.length = 0;

    time.now += 24_999;
    presence.tick();
    const early = said.length;
    time.now += 1;
    presence.tick();

    expect(early).toBe(0);
    expect(said).toMatchObject([{ kind: "presence", isWhole: true, here: [["room", "ann"]] }]);
    presence.close();
  });
});

describe("Presence on a single node", () => {
  it("counts visitors by their connection, and each stream of a member", async () => {
    const { presence, time, settle, changes } = await createNode();
    presence.enter({ ...ann, userId: undefined });
    presence.enter(ann);
    presence.enter(ann);
    presence.leave(ann);
    presence.leave({ ...ann, userId: "stranger" });
    time.now += 10_000;
    presence.tick();
    await settle();

    expect(presence.members("room")).toEqual(["ann", "connection:c1"]);
    expect(changes.map(({ member, isHere }) => [member, isHere])).toEqual([
      ["connection:c1", true],
      ["ann", true],
    ]);
    presence.close();
  });

  it("lets a member be away for exactly the grace period", async () => {
    const { presence, time } = await createNode();
    presence.enter(ann);
    presence.leave(ann);

    time.now += 2_999;
    presence.tick();
    const before = presence.members("room");
    time.now += 1;
    presence.tick();

    expect([before, presence.members("room")]).toEqual([["ann"], []]);
    presence.close();
  });

  it("tells the others that nobody is left when it closes, and nothing if nobody was there", async () => {
    const [busy, idle] = [await createNode(), await createNode()];
    busy.presence.enter(ann);
    busy.said.length = 0;

    for (const { presence } of [busy, idle]) presence.close();

    expect(busy.said).toMatchObject([{ kind: "presence", isWhole: true, here: [], gone: [] }]);
    expect(idle.said).toEqual([]);
  });

  it("logs a report that could not be sent, and repeats it with the next full list", async () => {
    const warnings: object[] = [];
    const log = { ...silentLogger, warn: (facts: object) => void warnings.push(facts) };
    const { presence, backplane, said, settle } = await createNode({ log });
    const publish = backplane.publish.bind(backplane);
    backplane.publish = () => Promise.reject(new RangeError("full"));

    presence.enter(ann);
    await settle();
    backplane.publish = publish;
    presence.tick();

    expect(warnings).toMatchObject([{ err: { message: "full" } }]);
    expect(said).toMatchObject([{ kind: "presence", isWhole: true, here: [["room", "ann"]] }]);
    presence.close();
  });

  it("broadcasts each change to the topic", async () => {
    const { presence, said, settle } = await createNode();

    presence.enter(ann);
    await settle();

    expect(said.filter(({ kind }) => kind === "broadcast")).toEqual([
      {
        kind: "broadcast",
        topics: ["room"],
        except: null,
        text: 'event: bk:presence\ndata: {"topic":"room","member":"ann","isHere":true}\n\n',
      },
    ]);
    presence.close();
  });
});

describe("broker.presence", () => {
  it("throws for a topic that is not watched, rather than returning an empty list", async () => {
    const broker = createBroker({ presence: { watches: (topic) => topic === "room" } });

    expect(broker.presence("room")).toEqual([]);
    expect(() => broker.presence("other")).toThrow("Presence is not tracked");
    await broker.close();
  });
});

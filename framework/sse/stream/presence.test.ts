import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import type { BackplaneMessage, PresenceMessage } from "../backplane/backplane.ts";
import { createMemoryOrder, MemoryBackplane } from "../backplane/memory-backplane.ts";
import type { PresenceChange } from "../broker-options.ts";
import { createBroker } from "../event-broker.ts";
import { Presence } from "./presence.ts";

const start = 1_800_000_000_000;
const ann = { id: "c1", userId: "ann", address: "", topics: ["room", "quiet"], expiresAt: 0 };

/** A node that hears what it says, and a clock to turn. */
async function createNode() {
  const time = { now: start };
  const said: BackplaneMessage[] = [];
  const changes: PresenceChange[] = [];
  const backplane = new MemoryBackplane(createMemoryOrder());
  const presence = new Presence({
    options: {
      watches: (topic) => topic === "room",
      onChange: (change) => void changes.push(change),
      graceMs: 3000,
    },
    clock: { now: () => time.now },
    log: silentLogger,
    beatMs: 25_000,
    backplane,
  });
  await backplane.start({
    onMessage(_id, message) {
      said.push(message);
      if (message.kind === "presence") presence.receive(message);
    },
    onReset() {},
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { presence, time, said, changes, settle };
}

function saidBy(node: string, facts: Partial<PresenceMessage>): PresenceMessage {
  return { kind: "presence", node, at: start, isWhole: false, here: [], gone: [], ...facts };
}

describe("Presence", () => {
  it("keeps watched topics only, each member once however many streams they have", async () => {
    const { presence, changes, settle } = await createNode();

    presence.enter(ann);
    presence.enter({ ...ann, id: "c2" });
    await settle();

    expect(presence.members("room")).toEqual(["ann"]);
    expect(presence.members("quiet")).toEqual([]);
    expect(changes).toEqual([{ topic: "room", member: "ann", isHere: true }]);
    presence.close();
  });

  it("does not call a short absence leaving, but a long one", async () => {
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

  it("forgets a node that has died, and says who left with it", async () => {
    const { presence, time, changes, settle } = await createNode();
    presence.receive(saidBy("z-dead", { here: [["room", "bob"]] }));
    presence.receive(saidBy("z-dead", { here: [["room", "ann"]] }));
    presence.enter(ann);
    const before = presence.members("room");

    time.now += 70_000;
    presence.tick();
    time.now += 6000;
    presence.tick();
    await settle();

    expect([before, presence.members("room")]).toEqual([["ann", "bob"], ["ann"]]);
    expect(changes).toEqual([{ topic: "room", member: "bob", isHere: false }]);
    presence.close();
  });

  it("says again and again who is here, so that a node that started later knows", async () => {
    const { presence, time, said } = await createNode();
    presence.enter(ann);
    presence.tick();
    said.length = 0;

    time.now += 25_000;
    presence.tick();

    expect(said).toMatchObject([{ kind: "presence", isWhole: true, here: [["room", "ann"]] }]);
    presence.close();
  });
});

describe("broker.presence", () => {
  it("refuses a topic that is not watched, instead of calling it empty", async () => {
    const broker = createBroker({ presence: { watches: (topic) => topic === "room" } });

    expect(broker.presence("room")).toEqual([]);
    expect(() => broker.presence("other")).toThrow("Nobody keeps who listens");
    await broker.close();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import type { NodeMessage, PresenceMessage } from "../backplane/backplane.ts";
import { MemoryBackplane } from "../backplane/memory-backplane.ts";
import { resolveBrokerOptions } from "../broker-options.ts";
import { KnownNodes } from "./known-nodes.ts";
import type { RegionFeed } from "./region-feed.ts";

const tickMs = 1250;
const bobIsHere: PresenceMessage = {
  ...{ kind: "presence", node: "other", isWhole: true },
  ...{ here: [["room", "bob"]], gone: [] },
};
const goodbye: NodeMessage = { kind: "node", node: "other", isLeaving: true };

/** What this node knows of the others, what it told of their end, and a clock that its timers follow. */
async function prepare() {
  const time = { now: 1_800_000_000_000 };
  const told: unknown[] = [];
  const regions: RegionFeed = {
    authorize: async () => ({ refused: "nobody asks" }),
    ...{ join() {}, leave() {}, caughtUp() {}, onChange() {}, onReset() {} },
    onNodeDeath: () => void told.push("regions"),
  };
  const backplane = new MemoryBackplane();
  await backplane.start({ onMessage() {}, onReset() {} });
  const settings = resolveBrokerOptions({
    ...{ backplane, regions, clock: { now: () => time.now }, heartbeatMs: 25_000 },
    log: { ...silentLogger, info: (facts: object) => void told.push(facts) },
    presence: { watches: (topic) => topic === "room" },
  });
  const nodes = new KnownNodes(settings);
  nodes.join();
  const pass = (ms: number) => {
    for (const until = time.now + ms; time.now < until; ) {
      time.now += tickMs;
      vi.advanceTimersByTime(tickMs);
    }
  };
  return { nodes, told, pass };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("KnownNodes", () => {
  it("takes those who were on a node that has died for gone, lets regions look again, and logs it, once", async () => {
    const { nodes, told, pass } = await prepare();
    nodes.receive(bobIsHere, 0);

    pass(20_000);
    const before = [nodes.members("room"), [...told]];
    pass(60_000);
    nodes.close();

    expect(before).toEqual([["bob"], []]);
    expect([nodes.members("room"), told]).toEqual([[], [{ nodes: 1 }, "regions"]]);
  });

  it("takes a report as a sign of life", async () => {
    const { nodes, told, pass } = await prepare();

    for (let times = 0; times < 5; times += 1) {
      nodes.receive(bobIsHere, 0);
      pass(15_000);
    }
    nodes.close();

    expect([nodes.members("room"), told]).toEqual([["bob"], []]);
  });

  it("counts how long ago a report was made that it hears late", async () => {
    const { nodes, told, pass } = await prepare();

    nodes.receive(bobIsHere, 19_000);
    pass(2500);
    nodes.close();

    expect([nodes.members("room"), told]).toEqual([[], [{ nodes: 1 }, "regions"]]);
  });

  it("mourns no node that said goodbye, and stops watching when it closes", async () => {
    const [left, closed] = [await prepare(), await prepare()];
    left.nodes.receive(bobIsHere, 0);
    left.nodes.receive(goodbye, 0);
    closed.nodes.receive(bobIsHere, 0);
    closed.nodes.close();

    for (const { pass } of [left, closed]) pass(60_000);
    left.nodes.close();

    expect([left.told, closed.told, vi.getTimerCount()]).toEqual([[], [], 0]);
  });
});

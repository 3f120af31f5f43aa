import { afterEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import type { BackplaneMessage } from "../backplane/backplane.ts";
import { createMemoryBus, MemoryBackplane } from "../backplane/memory-backplane.ts";
import { createBroker } from "../broker.ts";
import { NodeWatch } from "./node-watch.ts";

/** A backplane that can be away. */
class AbsentBackplane extends MemoryBackplane {
  override state: "up" | "away" = "up";
}

const heartbeatMs = 25_000;
const started: NodeWatch[] = [];
afterEach(() => {
  for (const watch of started.splice(0)) watch.close();
});

/** A node with a clock to turn, a second at a time, as a process does that isn't held up. */
async function createNode({ bus = createMemoryBus(), now = 1_800_000_000_000, isAlone = false } = {}) {
  const time = { now };
  const said: BackplaneMessage[] = [];
  const dead: string[] = [];
  const backplane = new AbsentBackplane(bus);
  const settings = { clock: { now: () => time.now }, log: silentLogger, heartbeatMs, backplane, isAlone };
  const watch = new NodeWatch(settings, (nodes) => void dead.push(...nodes));
  started.push(watch);
  await backplane.start({
    onMessage(_id, message, ageMs) {
      said.push(message);
      if (message.kind === "node") watch.receive(message, ageMs);
    },
    onReset() {},
  });
  const pass = (ms: number) => {
    for (const until = time.now + ms; time.now < until; ) {
      time.now = Math.min(until, time.now + 1000);
      watch.tick();
    }
  };
  return { watch, time, said, dead, backplane, pass };
}

describe("NodeWatch", () => {
  it("tells the others at once that the node is alive, again five times in a heartbeat, and goodbye", async () => {
    const { watch, said, pass } = await createNode();
    const alive = { kind: "node", node: watch.node, isLeaving: false };

    watch.start();
    const atOnce = [...said];
    pass(heartbeatMs);
    watch.close();
    watch.close();

    expect(atOnce).toEqual([alive]);
    expect(said).toEqual([...Array.from({ length: 6 }, () => alive), { ...alive, isLeaving: true }]);
  });

  it("notices within a heartbeat that another node has died, once, and not before it was silent for long", async () => {
    const { watch, dead, pass } = await createNode();
    watch.receive({ kind: "node", node: "x", isLeaving: false });

    pass(20_000);
    const early = [...dead];
    pass(1000);
    const then = [...dead];
    pass(60_000);

    expect([early, then, dead]).toEqual([[], ["x"], ["x"]]);
  });

  it("mourns neither a node that said goodbye nor itself", async () => {
    const { watch, dead, pass } = await createNode();
    watch.receive({ kind: "node", node: "x", isLeaving: false });
    watch.receive({ kind: "node", node: "x", isLeaving: true });
    watch.hear(watch.node);

    pass(60_000);

    expect(dead).toEqual([]);
  });

  it("compares no clocks: a node on a machine whose clock is wrong is as alive as the others", async () => {
    const bus = createMemoryBus();
    const [ahead, behind] = [await createNode({ bus }), await createNode({ bus, now: 1_700_000_000_000 })];
    for (const { watch } of [ahead, behind]) watch.start();

    for (let second = 0; second < 60; second += 1) for (const { pass } of [ahead, behind]) pass(1000);

    expect([ahead.dead, behind.dead]).toEqual([[], []]);
  });

  it("counts the age of what was said before this node started", async () => {
    const { watch, dead, pass } = await createNode();
    watch.hear("old", 19_000);
    watch.hear("older", 20_000);

    pass(1000);

    expect(dead).toEqual(["older"]);
  });

  it("considers nobody dead because the backplane is away, or because this process was held up", async () => {
    const { watch, time, dead, backplane, pass } = await createNode();
    watch.hear("x");

    backplane.state = "away";
    pass(60_000);
    backplane.state = "up";
    pass(20_000);
    time.now += 60_000;
    watch.tick();
    pass(20_000);
    const before = [...dead];
    pass(1000);

    expect([before, dead]).toEqual([[], ["x"]]);
  });

  it("says nothing where there are no other nodes, and after it was closed", async () => {
    const [alone, closed] = [await createNode({ isAlone: true }), await createNode()];

    alone.watch.start();
    closed.watch.close();
    closed.watch.start();

    expect([alone.said, closed.said]).toEqual([[], []]);
  });
});

describe("a broker", () => {
  it("says goodbye after everything else, so that its end makes nobody load anything again", async () => {
    const bus = createMemoryBus();
    const other = await createNode({ bus });
    const broker = createBroker({
      backplane: new MemoryBackplane(bus),
      presence: { watches: () => true },
    });
    await broker.ready;

    await broker.publishChanges([]);
    await broker.close();

    expect(other.said).toMatchObject([
      { kind: "node", isLeaving: false },
      { kind: "change" },
      { kind: "node", isLeaving: true },
    ]);
  });
});

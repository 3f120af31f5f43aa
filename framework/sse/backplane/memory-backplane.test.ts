import { describe, expect, it } from "vitest";
import type { BackplaneMessage, BackplaneReceiver } from "./backplane.ts";
import { createMemoryBus, MemoryBackplane } from "./memory-backplane.ts";

const message: BackplaneMessage = { kind: "broadcast", topics: null, except: null, text: "data: x\n\n" };

function createReceiver() {
  const seen: unknown[] = [];
  const receiver: BackplaneReceiver = {
    onMessage: (id) => void seen.push(["message", id.sequence]),
    onReset: (id) => void seen.push(["reset", id.sequence]),
  };
  return { seen, receiver };
}

describe("createMemoryBus", () => {
  it("starts at the time in microseconds, and differs for two starts in one millisecond", () => {
    const epochs = Array.from({ length: 50 }, () => createMemoryBus(1_800_000_000_000).epoch);

    expect(Math.min(...epochs)).toBeGreaterThanOrEqual(1_800_000_000_000_000);
    expect(Math.max(...epochs)).toBeLessThan(1_800_000_000_001_000);
    expect(new Set(epochs).size).toBeGreaterThan(1);
    expect(createMemoryBus(1).sequence).toBe(0);
  });
});

describe("MemoryBackplane", () => {
  it("numbers messages, also for a node that starts later", async () => {
    const bus = createMemoryBus(1);
    const [first, second] = [new MemoryBackplane(bus), new MemoryBackplane(bus)];
    const [one, two] = [createReceiver(), createReceiver()];
    await first.start(one.receiver);
    const ids = [await first.publish(message)];
    await second.start(two.receiver);
    ids.push(await second.publish(message));

    expect(ids).toEqual([`${bus.epoch}-1`, `${bus.epoch}-2`]);
    expect([one.seen, two.seen]).toEqual([
      [
        ["reset", 0],
        ["message", 1],
        ["message", 2],
      ],
      [
        ["reset", 1],
        ["message", 2],
      ],
    ]);
  });

  it("sends nothing before it is started and after it is closed", async () => {
    const bus = createMemoryBus();
    const [backplane, other] = [new MemoryBackplane(bus), new MemoryBackplane(bus)];
    const { seen, receiver } = createReceiver();
    await expect(backplane.publish(message)).rejects.toMatchObject({ code: "SSE_BROKER_CLOSED" });

    await backplane.start(receiver);
    await other.start(createReceiver().receiver);
    await backplane.close();
    await backplane.close();
    await other.publish(message);

    await expect(backplane.publish(message)).rejects.toMatchObject({ code: "SSE_BROKER_CLOSED" });
    expect([seen, backplane.state, bus.receivers.size]).toEqual([[["reset", 0]], "up", 1]);
  });

  it("has reached what it has numbered, and nothing else", async () => {
    const bus = createMemoryBus();
    const backplane = new MemoryBackplane(bus);
    await backplane.start(createReceiver().receiver);
    await backplane.publish(message);

    const reached = [0, 1, 2].map((sequence) => backplane.reach({ epoch: bus.epoch, sequence }));

    expect(await Promise.all(reached)).toEqual([true, true, false]);
  });

  it("knows that an id of a later start, but not of the future, comes from another process", () => {
    const now = Date.now();
    const backplane = new MemoryBackplane(createMemoryBus(now - 10_000));
    const isForeign = (epoch: number) => backplane.isForeign({ epoch, sequence: 1 });

    expect([
      isForeign((now - 20_000) * 1000),
      isForeign((now - 5_000) * 1000),
      isForeign((now + 60_000) * 1000),
    ]).toEqual([...[false, true, false]]);
  });
});

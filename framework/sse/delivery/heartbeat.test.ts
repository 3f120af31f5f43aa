import { describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { idleListener } from "../connection/connection.ts";
import { Delivery } from "./delivery.ts";
import { EventLog } from "./event-log.ts";
import { Heartbeat, type HeartbeatParts } from "./heartbeat.ts";
import { BrokerCounters } from "./stats.ts";
import { Subscriber, SubscriberRegistry } from "./subscribers.ts";

/** A stream to a peer, and what was done to it. */
function streamTo(peer: string | null, expiresAt = Number.POSITIVE_INFINITY) {
  const done: string[] = [];
  const connection = {
    listener: idleListener,
    closed: false,
    queuedBytes: 0,
    peer,
    write: ({ plain }: { readonly plain: Buffer }) => {
      done.push(String(plain));
      return "sent" as const;
    },
    close: () => void done.push("closed"),
    destroy: () => void done.push("destroyed"),
    response: new Response(),
  };
  const facts = {
    id: String(peer),
    pageId: undefined,
    userId: undefined,
    address: "",
    topics: [],
    expiresAt,
  };
  return { subscriber: new Subscriber(connection, facts, { onDrain() {}, onClose() {} }), done };
}

/** A heartbeat with everything it works on, and a clock to turn. */
function createHeartbeat(facts: Partial<HeartbeatParts> = {}) {
  const time = { now: 1_800_000_000_000 };
  const [registry, counters, clock] = [new SubscriberRegistry(), new BrokerCounters(), { now: () => time.now }];
  const log = new EventLog({ maxEntries: 8, maxBytes: 1000, maxAgeMs: 1000 });
  const delivery = new Delivery({ log, registry, counters, clock });
  const heartbeat = new Heartbeat({
    ...{ events: log, registry, counters, clock, delivery, flush: () => delivery.flush(), log: silentLogger },
    ...{ silentPeers: async () => new Set<string>(), heartbeatMs: 25_000, stallMs: 10_000, waitingBytes: 1000 },
    ...facts,
  });
  return { heartbeat, registry, delivery, counters, time, log };
}

describe("Heartbeat", () => {
  it("cuts off clients that have stopped acknowledging, and nobody else", async () => {
    const { heartbeat, registry, counters } = createHeartbeat({ silentPeers: async () => new Set(["10.0.0.9:5000"]) });
    const [gone, there, unknown] = [streamTo("10.0.0.9:5000"), streamTo("10.0.0.9:5001"), streamTo(null)];
    for (const { subscriber } of [gone, there, unknown]) registry.add(subscriber);

    await heartbeat.cutOffSilent();

    expect([gone.done, there.done, unknown.done]).toEqual([["destroyed"], [], []]);
    expect(counters.stalled).toBe(1);
  });

  it("sends each stream one ping a round, with the position up to which everything was sent", () => {
    const { heartbeat, registry, delivery, log } = createHeartbeat();
    const streams = Array.from({ length: 64 }, (_, n) => streamTo(`10.0.0.1:${n}`));
    for (const { subscriber } of streams) registry.add(subscriber);
    log.append({ epoch: 7, sequence: 1 }, { topics: ["nobody"], except: null, text: "data: x\n\n", at: 0 });

    for (let tick = 0; tick < 16; tick += 1) heartbeat.tick();
    const half = streams.filter(({ done }) => done.length === 1).length;
    for (let tick = 0; tick < 16; tick += 1) heartbeat.tick();

    expect([half, delivery.pending]).toEqual([32, 0]);
    expect(streams.every(({ done }) => done.join() === "id: 7-1\nevent: bk:ping\ndata: \n\n")).toBe(true);
  });

  it("sends none to a stream that is behind, or to nobody at all", () => {
    const { heartbeat, registry } = createHeartbeat();
    const slow = streamTo("10.0.0.1:1");
    registry.add(slow.subscriber);
    slow.subscriber.cursor = 0;

    for (let tick = 0; tick < 32; tick += 1) heartbeat.tick();

    expect(slow.done).toEqual([]);
  });

  it("keeps the log no longer than its entries may be old", () => {
    const { heartbeat, log, time } = createHeartbeat();
    log.append({ epoch: 7, sequence: 1 }, { topics: null, except: null, text: "data: x\n\n", at: time.now });

    time.now += 1001;
    heartbeat.tick();

    expect(log.tail).toBe(1);
  });

  it("ends streams whose time is over", () => {
    const { heartbeat, registry, time } = createHeartbeat();
    const [over, open] = [streamTo("10.0.0.1:1", time.now), streamTo("10.0.0.1:2", time.now + 10_000)];
    for (const { subscriber } of [over, open]) registry.add(subscriber);
    time.now += 500;

    heartbeat.endExpired();

    expect([over.done, open.done]).toEqual([["closed"], []]);
  });

  it("cuts off readers that take nothing for too long, and counts them", () => {
    const { heartbeat, registry, delivery, counters, time } = createHeartbeat();
    const stalled = streamTo("10.0.0.1:1");
    registry.add(stalled.subscriber);
    stalled.subscriber.laggingSince = time.now;
    delivery.lagging.add(stalled.subscriber);

    time.now += 10_000;
    heartbeat.tick();

    expect([stalled.done[0], counters.stalled]).toEqual(["destroyed", 1]);
  });

  it("looks for silent clients twice a round, and not again while it is looking", async () => {
    let looks = 0;
    let answer: (silent: ReadonlySet<string>) => void = () => {};
    const silentPeers = () => {
      looks += 1;
      return new Promise<ReadonlySet<string>>((resolve) => {
        answer = resolve;
      });
    };
    const { heartbeat } = createHeartbeat({ silentPeers });
    const tick = (times: number) => {
      for (let n = 0; n < times; n += 1) heartbeat.tick();
    };

    tick(32);
    const whileLooking = looks;
    answer(new Set());
    await new Promise((resolve) => setImmediate(resolve));
    tick(16);
    answer(new Set());
    await new Promise((resolve) => setImmediate(resolve));
    tick(16);

    expect([whileLooking, looks]).toEqual([1, 3]);
  });

  it("beats by itself until it is stopped", () => {
    vi.useFakeTimers();
    const { heartbeat, registry, time } = createHeartbeat({ heartbeatMs: 3_200 });
    const [stream, over] = [streamTo("10.0.0.1:1"), streamTo("10.0.0.1:2", time.now)];
    for (const { subscriber } of [stream, over]) registry.add(subscriber);
    heartbeat.start();
    heartbeat.start();
    const timers = vi.getTimerCount();

    vi.advanceTimersByTime(3_199);
    const early = stream.done.length;
    vi.advanceTimersByTime(101);
    const later = stream.done.length;
    heartbeat.stop();
    const [after, rest] = [stream.done.length, vi.getTimerCount()];
    heartbeat.start();

    expect([timers, early, later, after, rest]).toEqual([2, 1, 2, 2, 0]);
    expect(over.done.filter((done) => done === "closed")).toHaveLength(6);
    expect(vi.getTimerCount()).toBe(2);
    heartbeat.stop();
    vi.useRealTimers();
  });
});

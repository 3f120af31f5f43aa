import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { idleListener } from "../connection/connection.ts";
import { Delivery } from "./delivery.ts";
import { EventLog } from "./event-log.ts";
import { Heartbeat, type HeartbeatParts } from "./heartbeat.ts";
import { BrokerCounters } from "./stats.ts";
import { Subscriber, SubscriberRegistry } from "./subscribers.ts";

/** A stream to a peer, and what was done to it. */
function streamTo(peer: string | null) {
  const done: string[] = [];
  const connection = {
    listener: idleListener,
    closed: false,
    queuedBytes: 0,
    peer,
    write: () => "sent" as const,
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
    expiresAt: Number.POSITIVE_INFINITY,
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
  return { heartbeat, registry, delivery, counters, time };
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
});

import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { idleListener } from "../connection/connection.ts";
import { BrokerCounters } from "./counters.ts";
import { Delivery } from "./delivery.ts";
import { EventLog } from "./event-log.ts";
import { SlowReaders, type SlowReadersOptions } from "./slow-readers.ts";
import { Subscriber } from "./subscriber.ts";
import { SubscriberRegistry } from "./subscriber-registry.ts";

const start = 1_800_000_000_000;

/** Readers who have been slow since a time, each with so many bytes that wait for it. */
function prepare(readers: readonly (readonly [id: string, since: number, waiting: number])[], settings = {}) {
  const log = new EventLog({ maxEntries: 8, maxBytes: 1000, maxAgeMs: 1000 });
  const parts = {
    log,
    registry: new SubscriberRegistry(),
    counters: new BrokerCounters(),
    clock: { now: () => start },
  };
  const delivery = new Delivery(parts);
  for (const [id, since, queuedBytes] of readers) delivery.lagging.add(readerOf(id, { since, queuedBytes }));
  const warnings: (readonly [facts: object, text: string])[] = [];
  const cut: string[] = [];
  const options: SlowReadersOptions = {
    delivery,
    logger: { ...silentLogger, warn: (facts: object, text: string) => warnings.push([facts, text]) },
    stallMs: 10_000,
    waitingBytes: 1000,
    cutOff(subscriber) {
      cut.push(subscriber.facts.id);
      delivery.forget(subscriber);
    },
    ...settings,
  };
  const grow = (id: string, since: number) => delivery.lagging.add(readerOf(id, { since, queuedBytes: 900 }));
  return { slow: new SlowReaders(options), warnings, cut, grow };
}

function readerOf(id: string, { since, queuedBytes }: { readonly since: number; readonly queuedBytes: number }) {
  const connection = {
    ...{ listener: idleListener, closed: false, queuedBytes, peer: null, response: new Response() },
    ...{ write: () => "sent" as const, close: () => {}, destroy: () => {} },
  };
  const facts = { id, userId: undefined, address: "", topics: [], expiresAt: Number.POSITIVE_INFINITY };
  const subscriber = new Subscriber(connection, facts, { drained() {}, gone() {} });
  subscriber.laggingSince = since;
  return subscriber;
}

describe("SlowReaders", () => {
  it("says that clients are slow after 100 ms, once a minute", () => {
    const { slow, warnings } = prepare([["a", start, 0]], { stallMs: 100_000 });

    slow.check(start + 99);
    const early = [...warnings];
    for (const later of [100, 101, 60_099]) slow.check(start + later);
    const inAMinute = warnings.length;
    slow.check(start + 60_100);

    expect([early, inAMinute, warnings.length]).toEqual([[], 1, 2]);
    expect(warnings[0]?.[0]).toEqual({ clients: 1, behind: 0 });
  });

  it("cuts off who has taken nothing for too long", () => {
    const { slow, cut } = prepare([
      ["long", start, 0],
      ["short", start + 1, 0],
    ]);

    slow.check(start + 10_000);

    expect(cut).toEqual(["long"]);
  });

  it("cuts off the slowest until what waits is within the bound, and says so", () => {
    const { slow, cut, warnings } = prepare([
      ["second", start + 20, 500],
      ["first", start + 10, 500],
      ["third", start + 30, 500],
      ["fourth", start + 40, 500],
    ]);

    slow.check(start + 140);

    expect(cut).toEqual(["first", "second"]);
    expect(warnings.at(-1)).toEqual([{ waiting: 2000, bound: 1000, clients: 4 }, "too much waits for slow clients"]);
  });

  it("leaves everybody alone within the bound", () => {
    const { slow, cut } = prepare([["a", start, 1000]]);

    slow.check(start + 100);

    expect(cut).toEqual([]);
  });

  it("leaves out those who have waited for a moment only", () => {
    const { slow, cut } = prepare([
      ["slow", start, 1000],
      ["busy", start + 50, 1000],
    ]);

    slow.check(start + 149);

    expect(cut).toEqual([]);
  });

  it("warns of too much that waits once a minute", () => {
    const many = prepare([
      ["a", start, 900],
      ["b", start, 900],
    ]);

    many.slow.check(start + 100);
    many.grow("c", start);
    many.slow.check(start + 200);

    expect(many.cut).toEqual(["a", "b"]);
    expect(many.warnings.filter(([, text]) => text.startsWith("too much"))).toHaveLength(1);
  });
});

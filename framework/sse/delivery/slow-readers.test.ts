import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { idleListener } from "../connection/connection.ts";
import { Delivery } from "./delivery.ts";
import { EventLog } from "./event-log.ts";
import { SlowReaders, type SlowReadersOptions } from "./slow-readers.ts";
import { BrokerCounters } from "./stats.ts";
import { Subscriber, SubscriberRegistry } from "./subscribers.ts";

const start = 1_800_000_000_000;

/** Readers that have been slow since a time, each with a number of waiting bytes. */
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
    log: { ...silentLogger, warn: (facts: object, text: string) => warnings.push([facts, text]) },
    stallMs: 10_000,
    waitingBytes: 1000,
    cutOff(subscriber) {
      cut.push(subscriber.facts.id);
      subscriber.connection.destroy();
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
    ...{ write: () => "sent" as const, close: () => {} },
    destroy() {
      connection.closed = true;
    },
  };
  const facts = {
    id,
    pageId: undefined,
    userId: undefined,
    address: "",
    topics: [],
    expiresAt: Number.POSITIVE_INFINITY,
  };
  const subscriber = new Subscriber(connection, facts, { onDrain() {}, onClose() {} });
  subscriber.laggingSince = since;
  return subscriber;
}

describe("SlowReaders", () => {
  it("logs that clients are slow after 100 ms, once a minute", () => {
    const { slow, warnings } = prepare([["a", start, 0]], { stallMs: 100_000 });

    slow.check(start + 99);
    const early = [...warnings];
    for (const later of [100, 101, 60_099]) slow.check(start + later);
    const inAMinute = warnings.length;
    slow.check(start + 60_100);

    expect([early, inAMinute, warnings.length]).toEqual([[], 1, 2]);
    expect(warnings[0]?.[0]).toEqual({ clients: 1, behind: 0 });
  });

  it("cuts off readers that have taken nothing for too long", () => {
    const { slow, cut } = prepare([
      ["long", start, 0],
      ["short", start + 1, 0],
    ]);

    slow.check(start + 10_000);

    expect(cut).toEqual(["long"]);
  });

  it("cuts off the slowest readers until the waiting bytes are within the limit, and logs it", () => {
    const { slow, cut, warnings } = prepare([
      ["second", start + 20, 500],
      ["first", start + 10, 500],
      ["third", start + 30, 500],
      ["fourth", start + 40, 500],
    ]);

    slow.check(start + 140);

    expect(cut).toEqual(["first", "second"]);
    expect(warnings.at(-1)).toEqual([
      { waiting: 2000, bound: 1000, clients: 4 },
      "too many bytes wait for slow clients",
    ]);
  });

  it("counts what waits for those that it has just cut off no longer", () => {
    const { slow, cut, warnings } = prepare([
      ["stalled", start, 900],
      ["slow", start + 5_000, 900],
    ]);

    slow.check(start + 10_000);

    expect(cut).toEqual(["stalled"]);
    expect(warnings.filter(([, text]) => text.startsWith("too many"))).toEqual([]);
  });

  it("leaves everyone alone within the limit", () => {
    const { slow, cut } = prepare([["a", start, 1000]]);

    slow.check(start + 100);

    expect(cut).toEqual([]);
  });

  it("ignores readers that have only waited for a moment", () => {
    const { slow, cut } = prepare([
      ["slow", start, 1000],
      ["busy", start + 50, 1000],
    ]);

    slow.check(start + 149);

    expect(cut).toEqual([]);
  });

  it("warns about waiting bytes once a minute", () => {
    const many = prepare([
      ["a", start, 900],
      ["b", start, 900],
    ]);

    many.slow.check(start + 100);
    many.grow("c", start);
    many.slow.check(start + 200);

    expect(many.cut).toEqual(["a", "b"]);
    expect(many.warnings.filter(([, text]) => text.startsWith("too many"))).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { idleListener } from "../connection/connection.ts";
import { CatchUp } from "./catch-up.ts";
import { Delivery } from "./delivery.ts";
import { EventLog } from "./event-log.ts";
import { BrokerCounters } from "./stats.ts";
import { live, Subscriber, SubscriberRegistry } from "./subscribers.ts";

/** Random numbers that are the same for the same seed. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

function createDelivery(limits: { readonly maxEntries: number; readonly maxBytes: number }) {
  const log = new EventLog({ ...limits, maxAgeMs: 1e9 });
  const parts = { log, registry: new SubscriberRegistry(), counters: new BrokerCounters(), clock: { now: () => 0 } };
  const delivery = new Delivery(parts);
  return { log, delivery, registry: parts.registry, catchUp: new CatchUp({ ...parts, delivery }) };
}

/** A reader that takes one write at a time, and then only when it is told to go on. */
function createReader(id: string, catchUp: CatchUp) {
  const got: string[] = [];
  const connection = {
    listener: idleListener,
    closed: false,
    queuedBytes: 0,
    peer: null,
    write(payload: { readonly plain: Buffer }) {
      got.push(payload.plain.toString());
      return "queued" as const;
    },
    close() {},
    destroy() {},
    response: new Response(),
  };
  const facts = { id, pageId: undefined, userId: undefined, address: "", topics: ["t"], expiresAt: 0 };
  const subscriber = new Subscriber(connection, facts, { onDrain: (each) => catchUp.pump(each), onClose() {} });
  const numbers = () => [...got.join("").matchAll(/^data: (\d+)/gm)].map(([, number]) => Number(number));
  return { subscriber, numbers };
}

describe("compaction", () => {
  it("leaves slow readers where they are: each gets what it lacks, in order, and nothing twice", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      const { log, delivery, registry, catchUp } = createDelivery({ maxEntries: 64, maxBytes: 8000 });
      const readers = Array.from({ length: 4 }, (_, index) => createReader(`r${index}`, catchUp));
      for (const { subscriber } of readers) registry.add(subscriber);
      const sent: { readonly number: number; readonly key: string | null }[] = [];
      let compactions = 0;

      for (let step = 0; step < 400; step += 1) {
        const isDistinct = sent.filter(({ key }) => key === null).length < 40 && random(20) === 0;
        const key = isDistinct ? null : `k${random(5)}`;
        const number = sent.push({ number: sent.length + 1, key });
        if (log.isCrowded) {
          delivery.flush();
          catchUp.compact();
          compactions += 1;
        }
        const topics = random(3) === 0 ? null : ["t"];
        const text = `data: ${number} ${"x".repeat(random(60))}\n\n`;
        log.append({ epoch: 1, sequence: number }, { topics, except: null, text, at: 0, ...(key && { key }) });
        if (random(3) === 0) delivery.flush();
        const reader = readers[random(40)];
        if (reader) catchUp.pump(reader.subscriber);
      }
      delivery.flush();
      for (const { subscriber } of readers) while (subscriber.cursor !== live) catchUp.pump(subscriber);

      expect(compactions).toBeGreaterThan(0);
      for (const { numbers } of readers) {
        const got = numbers();
        expect(got).toEqual([...new Set(got)].sort((a, b) => a - b));
        expect(got).toEqual(expect.arrayContaining(sent.filter(({ key }) => key === null).map(({ number }) => number)));
        for (const key of ["k0", "k1", "k2", "k3", "k4"]) {
          expect(got).toContain(sent.findLast((each) => each.key === key)?.number);
        }
      }
    }
  });

  it("gives back the memory that only replaced entries needed", () => {
    const { log, delivery, catchUp } = createDelivery({ maxEntries: 1024, maxBytes: 1e9 });
    const append = (sequence: number, key?: string) => {
      if (log.isCrowded) {
        delivery.flush();
        catchUp.compact();
      }
      const text = `data: ${"x".repeat(1000)}\n\n`;
      log.append({ epoch: 1, sequence }, { topics: null, except: null, text, at: 0, ...(key && { key }) });
    };

    for (let sequence = 1; sequence <= 10_000; sequence += 1) append(sequence, sequence % 500 === 0 ? undefined : "k");
    delivery.flush();
    catchUp.compact();
    const pages = new Set(Array.from({ length: log.size }, (_, index) => log.at(log.tail + index).page));

    expect(log.size).toBe(21);
    expect(pages.size).toBe(1);
  });

  it("keeps no page for what was replaced: what is left and what comes next share one, however often it happens", () => {
    const { log, delivery, catchUp } = createDelivery({ maxEntries: 64, maxBytes: 2 ** 20 });
    const pages: number[] = [];

    for (let round = 1; round <= 5; round += 1) {
      for (let n = 0; n < 8; n += 1) {
        const id = { epoch: round, sequence: n + 1 };
        log.append(id, { topics: null, except: null, text: `data: ${"x".repeat(10_000)}\n\n`, at: 0, key: "k" });
      }
      delivery.restart();
      catchUp.compact();
      log.append({ epoch: round, sequence: 9 }, { topics: null, except: null, text: "data: y\n\n", at: 0 });
      delivery.restart();
      const entries = Array.from({ length: log.head - log.tail }, (_, index) => log.at(log.tail + index));
      pages.push(new Set(entries.map(({ page }) => page)).size);
    }

    expect(pages).toEqual([1, 1, 1, 1, 1]);
  });
});

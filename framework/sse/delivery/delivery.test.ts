import { describe, expect, it } from "vitest";
import { idleListener, type WriteStatus } from "../connection/connection.ts";
import { textPayload } from "../event/wire-format.ts";
import { CatchUp } from "./catch-up.ts";
import { Delivery } from "./delivery.ts";
import { EventLog } from "./event-log.ts";
import { BrokerCounters } from "./stats.ts";
import { live, Subscriber, SubscriberRegistry } from "./subscribers.ts";

/** A page whose client reads when the test says so. */
class TestPage {
  readonly texts: string[] = [];
  readonly subscriber: Subscriber;
  status: WriteStatus = "sent";

  constructor(id: string, topics: readonly string[], pageId?: string) {
    const connection = {
      ...{ listener: idleListener, closed: false, queuedBytes: 0, peer: null, response: new Response() },
      ...{ close: () => {}, destroy: () => {} },
      write: ({ plain }: { readonly plain: Buffer }) => {
        if (this.status !== "closed") this.texts.push(String(plain));
        return this.status;
      },
    };
    const facts = { id, pageId, userId: undefined, address: "", topics, expiresAt: Number.POSITIVE_INFINITY };
    this.subscriber = new Subscriber(connection, facts, { onDrain() {}, onClose() {} });
  }

  /** The data of all events, without ids and marks. */
  get data(): string[] {
    return this.texts.flatMap((text) => [...text.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => data));
  }
}

function prepare(limits: { maxEntries?: number; maxBytes?: number } = {}) {
  const log = new EventLog({ maxEntries: 64, maxBytes: 1e6, maxAgeMs: 1e9, ...limits });
  const [registry, counters, time] = [new SubscriberRegistry(), new BrokerCounters(), { now: 100 }];
  const delivery = new Delivery({ log, registry, counters, clock: { now: () => time.now } });
  const catchUp = new CatchUp({ log, delivery, counters });
  function append(data: string, to: { topics?: readonly string[]; except?: string } = {}): void {
    const { topics = null, except = null } = to;
    log.append({ epoch: 1, sequence: log.head + 1 }, { topics, except, text: `data: ${data}\n\n`, at: 0 });
  }
  function open(id: string, topics: readonly string[] = [], pageId?: string): TestPage {
    const page = new TestPage(id, topics, pageId);
    registry.add(page.subscriber);
    return page;
  }
  return { log, registry, counters, time, delivery, catchUp, append, open };
}

describe("Delivery", () => {
  it("sends everybody what is for everybody in one write, and counts it", () => {
    const { delivery, counters, append, open } = prepare();
    const pages = [open("1"), open("2")];
    append("a");
    append("b");

    delivery.flush();
    delivery.flush();

    expect(pages.map(({ texts }) => texts)).toEqual([
      ["id: 1-1\ndata: a\n\nid: 1-2\ndata: b\n\n"],
      ["id: 1-1\ndata: a\n\nid: 1-2\ndata: b\n\n"],
    ]);
    const bytes = 2 * "id: 1-1\ndata: a\n\nid: 1-2\ndata: b\n\n".length;
    expect(counters).toMatchObject({ flushes: 1, flushedEvents: 2, deliveries: 4, bytes });
  });

  it("sends each page what it hears, in order", () => {
    const { delivery, counters, append, open } = prepare();
    const [a, b, both, none, sender] = [
      open("1", ["a"]),
      open("2", ["b"]),
      open("3", ["a", "b"]),
      open("4"),
      open("5"),
    ];
    append("1", { topics: ["a"] });
    append("2", { topics: ["a", "b"] });
    append("3");
    append("4", { topics: ["b"] });
    append("5", { except: "5" });
    append("6", { topics: ["connection:4"] });

    delivery.flush();

    expect([a, b, both, none, sender].map((page) => page?.data.join(""))).toEqual([
      ...["1235", "2345", "12345", "356", "3"],
    ]);
    expect([counters.flushes, counters.flushedEvents, counters.deliveries]).toEqual([1, 6, 17]);
  });

  it("leaves out the page that sent it by the id that the page chose, and nobody if there is no such page", () => {
    const { delivery, append, open } = prepare();
    const [sender, other] = [open("1", ["a"], "page-one"), open("2", ["a"], "page-two")];
    append("1", { topics: ["a"], except: "page-one" });
    append("2", { topics: ["a"], except: "nobody" });

    delivery.flush();

    expect([sender.data, other.data]).toEqual([["2"], ["1", "2"]]);
  });

  it("serves more than thirty audiences in several rounds", () => {
    const { delivery, append, open } = prepare();
    const pages = Array.from({ length: 33 }, (_, n) => open(String(n), [`topic ${n}`, "all"]));
    for (let n = 0; n < 33; n += 1) append(String(n), { topics: [`topic ${n}`] });
    append("all", { topics: ["all"] });

    delivery.flush();

    expect(pages.map(({ data }) => data)).toEqual(pages.map((_, n) => [String(n), "all"]));
    expect(pages.map(({ subscriber }) => subscriber.audiences)).toEqual(pages.map(() => 0));
  });

  it("writes nothing to a page whose client is slow until it has caught up, and counts how far it is behind", () => {
    const { delivery, catchUp, append, open, time } = prepare();
    const page = open("1");
    page.status = "queued";
    append("1");
    delivery.flush();
    page.status = "sent";
    time.now = 200;
    append("2");
    append("3");
    delivery.flush();
    const before = { data: [...page.data], lag: delivery.lagOf(page.subscriber), lagging: delivery.lagging.size };

    catchUp.pump(page.subscriber);

    expect(before).toEqual({ data: ["1"], lag: 2, lagging: 1 });
    expect(page.subscriber.laggingSince).toBe(100);
    expect(page.data).toEqual(["1", "2", "3"]);
    expect([delivery.lagOf(page.subscriber), delivery.lagging.size, page.subscriber.cursor]).toEqual([0, 0, live]);
  });

  it("writes nothing more of a topic to a page whose client is slow, and everything once it reads again", () => {
    const { delivery, catchUp, append, open } = prepare();
    const [slow, quick] = [open("1", ["a"]), open("2", ["a"])];
    slow.status = "queued";
    append("1", { topics: ["a"] });
    delivery.flush();
    slow.status = "sent";
    append("2", { topics: ["a"] });
    delivery.flush();
    const before = { slow: [...slow.data], quick: [...quick.data], lagging: [...delivery.lagging] };

    catchUp.pump(slow.subscriber);

    expect(before).toEqual({ slow: ["1"], quick: ["1", "2"], lagging: [slow.subscriber] });
    expect(slow.data).toEqual(["1", "2"]);
  });

  it("holds a page back that is slow to take what only it gets, where it is in the log", () => {
    const { delivery, catchUp, append, open } = prepare();
    const page = open("1");
    append("1");
    delivery.flush();
    page.status = "queued";

    const isWritten = delivery.write(page.subscriber, textPayload("event: bk:ping\n\n"));
    page.status = "sent";
    append("2");
    delivery.flush();
    const before = [...page.data];
    catchUp.pump(page.subscriber);

    expect([isWritten, before, page.data]).toEqual([false, ["1"], ["1", "2"]]);
  });

  it("leaves out the sender while its stream lags, by its connection and by its page", () => {
    const { delivery, catchUp, append, open } = prepare();
    const [sender, other] = [open("c1", ["a"], "page-one"), open("c2", ["a"])];
    for (const page of [sender, other]) page.status = "queued";
    append("0", { topics: ["a"] });
    delivery.flush();
    for (const page of [sender, other]) page.status = "sent";
    append("by connection", { topics: ["a"], except: "c1" });
    append("by page", { except: "page-one" });
    append("later", { topics: ["a"] });
    delivery.flush();

    for (const { subscriber } of [sender, other]) catchUp.pump(subscriber);

    expect(sender.data).toEqual(["0", "later"]);
    expect(other.data).toEqual(["0", "by connection", "by page", "later"]);
  });

  it("tells a page that is further behind than the log that it missed something, once", () => {
    const { delivery, catchUp, counters, append, open } = prepare({ maxEntries: 4 });
    const page = open("1");
    page.status = "queued";
    append("1");
    delivery.flush();
    for (let n = 2; n < 8; n += 1) {
      append(String(n));
      delivery.flush();
    }
    page.status = "sent";

    catchUp.pump(page.subscriber);

    expect(page.data).toEqual(["1", "missed"]);
    expect(page.texts.at(-1)).toBe("id: 1-7\nevent: bk:resync\ndata: missed\n\n");
    expect([counters.resets, page.subscriber.cursor]).toEqual([1, live]);
  });

  it("waits again when the client is slow in the middle of catching up", () => {
    const { delivery, catchUp, append, open } = prepare({ maxEntries: 1024 });
    const page = open("1");
    page.status = "queued";
    for (let n = 0; n < 600; n += 1) append("x");
    delivery.flush();
    append("y");
    delivery.flush();
    page.texts.length = 0;
    Object.assign(page.subscriber, { cursor: 0 });

    catchUp.pump(page.subscriber);
    const first = page.data.length;
    catchUp.pump(page.subscriber);

    expect([first, page.data.length, page.subscriber.cursor]).toEqual([256, 512, 512]);
  });

  it("counts nothing for pages that have closed", () => {
    const { delivery, counters, append, open } = prepare();
    const [gone, there] = [open("1"), open("2")];
    gone.status = "closed";
    append("1");
    delivery.flush();

    expect([gone.texts, there.data]).toEqual([[], ["1"]]);
    expect(counters).toMatchObject({ deliveries: 1, bytes: "id: 1-1\ndata: 1\n\n".length });
    expect(delivery.lagging.size).toBe(0);
  });

  it("visits everybody although a page leaves while it is written to", () => {
    const { delivery, registry, append, open } = prepare();
    const pages = [open("1"), open("2"), open("3")];
    const [first] = pages;
    const write = first?.subscriber.connection.write.bind(first.subscriber.connection);
    if (first && write) {
      first.subscriber.connection.write = (payload) => {
        registry.remove(first.subscriber);
        return write(payload);
      };
    }
    append("1");

    delivery.flush();

    expect(pages.map(({ data }) => data)).toEqual([["1"], ["1"], ["1"]]);
  });

  it("counts no flush without anybody, and none without an event", () => {
    const { delivery, counters, append, open } = prepare();
    append("1");
    delivery.flush();
    open("1");
    delivery.flush();

    expect([counters.flushes, counters.flushedEvents, delivery.pending, delivery.cursor]).toEqual([0, 0, 0, "1-1"]);
  });

  it("says how full the log is with what waits, by count or bytes", () => {
    const { delivery, append } = prepare({ maxEntries: 8, maxBytes: 100 });
    const shares = [delivery.pendingShare];
    append("1");
    append("2");
    shares.push(delivery.pendingShare);
    append("x".repeat(40));
    shares.push(delivery.pendingShare);
    delivery.restart();

    const bytes = "id: 1-1\ndata: 1\n\n".length * 2;
    expect(shares).toEqual([0, bytes / 100, (bytes + "id: 1-3\ndata: \n\n".length + 40) / 100]);
    expect([delivery.pendingShare, delivery.pending]).toEqual([0, 0]);
  });

  it("counts the bytes that it writes to a single page, but not to one that has closed", () => {
    const { delivery, counters, open } = prepare();
    const [page, closed] = [open("1"), open("2")];
    closed.status = "closed";
    const ping = textPayload("event: bk:ping\n\n");

    for (const { subscriber } of [page, closed]) delivery.write(subscriber, ping);

    expect(counters.bytes).toBe(ping.bytes);
  });

  it("replays from a position, marked, and sends live events after it", () => {
    const { delivery, catchUp, append, open } = prepare();
    append("1");
    append("2");
    delivery.flush();
    const page = open("1");

    catchUp.replay(page.subscriber, 1);
    append("3");
    delivery.flush();

    expect(page.texts).toEqual([
      ": replayed, broadcast at 1970-01-01T00:00:00.000Z\nid: 1-2\ndata: 2\n\n",
      "id: 1-3\ndata: 3\n\n",
    ]);
    expect(page.subscriber.cursor).toBe(live);
  });
});

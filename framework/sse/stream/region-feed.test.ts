import { Context } from "hono";
import { describe, expect, it } from "vitest";
import { Delivery } from "../delivery/delivery.ts";
import { EventLog } from "../delivery/event-log.ts";
import { BrokerCounters } from "../delivery/stats.ts";
import { SubscriberRegistry } from "../delivery/subscribers.ts";
import { createRecordedStream } from "./recorded-stream.ts";
import {
  type AskedRegion,
  joinRegions,
  newestOf,
  type RegionFeed,
  type RegionReader,
  readAskedRegions,
  regionPayload,
  withRegions,
} from "./region-feed.ts";

function read(...asked: readonly string[]) {
  const query = new URLSearchParams(asked.map((text) => ["live", text]));
  return readAskedRegions(new Context(new Request(`http://x/events?${query}`)));
}

describe("readAskedRegions", () => {
  it("reads what the page shows of a region, and up to where it has its changes", () => {
    expect(read("token~5-7.mark.audience")).toEqual([
      { token: "token", at: { epoch: 5, sequence: 7 }, mark: "mark", audience: "audience" },
    ]);
  });

  it("takes the rest for the audience, whatever is in it", () => {
    expect(read("t~5-7.m.a.b\n~c")?.[0]?.audience).toBe("a.b\n~c");
  });

  it("understands a page that was told neither mark nor audience", () => {
    expect([read("t~5-7"), read("t~5-7.m")].map((regions) => regions?.[0])).toEqual([
      { token: "t", at: { epoch: 5, sequence: 7 }, mark: "", audience: "" },
      { token: "t", at: { epoch: 5, sequence: 7 }, mark: "m", audience: "" },
    ]);
  });

  it("takes each region once, and none for a page without any", () => {
    expect([read("t~5-7", "u~5-8", "t~5-7")?.map(({ token }) => token), read()]).toEqual([["t", "u"], []]);
  });

  it.each(["", "token", "~5-7", "~token~5-7", "token~", "token~5", "token~5-7-8", "token~now.mark"])(
    "can't read %j, nor anything that it comes with",
    (text) => {
      expect([read(text), read("t~5-7", text)]).toEqual([null, null]);
    },
  );
});

describe("newestOf", () => {
  const regionAt = (epoch: number, sequence: number): AskedRegion => ({
    token: "t",
    at: { epoch, sequence },
    mark: "",
    audience: "",
  });

  it("is the newest place of all regions, wherever it is among them", () => {
    const regions = [regionAt(5, 7), regionAt(6, 1), regionAt(5, 9)];

    expect([newestOf(regions), newestOf([...regions].reverse()), newestOf(regions.slice(0, 1))]).toEqual([
      { epoch: 6, sequence: 1 },
      { epoch: 6, sequence: 1 },
      { epoch: 5, sequence: 7 },
    ]);
  });

  it("is nowhere for a page without regions", () => {
    expect(newestOf([])).toBeNull();
  });
});

/** A stream, a feed that remembers who joined and left, and what was written. */
function prepare() {
  const { done, connection, subscriber } = createRecordedStream();
  const log = new EventLog({ maxEntries: 8, maxBytes: 1000, maxAgeMs: 1000 });
  const parts = { log, registry: new SubscriberRegistry(), counters: new BrokerCounters(), clock: { now: () => 0 } };
  const joined: (readonly [reader: RegionReader, granted: unknown])[] = [];
  const left: RegionReader[] = [];
  const feed: RegionFeed = {
    authorize: async () => ({ refused: "nobody asks" }),
    join: (reader, granted) => void joined.push([reader, granted]),
    leave: (reader) => void left.push(reader),
    ...{ caughtUp() {}, onChange() {}, onReset() {}, onNodeDeath() {} },
  };
  const join = () => joinRegions({ regions: feed }, subscriber, { delivery: new Delivery(parts), granted: "board 7" });
  return { connection, subscriber, feed, join, joined, left, done };
}

describe("a stream with regions", () => {
  it("joins what it was granted, and is found again when it leaves", () => {
    const { subscriber, feed, join, joined, left } = prepare();

    join();
    withRegions({ regions: feed }, subscriber, (regions, reader) => regions.leave(reader));

    expect(joined.map(([, granted]) => granted)).toEqual(["board 7"]);
    expect(left).toEqual(joined.map(([reader]) => reader));
  });

  it("joins nothing if its client is gone already, and so has nothing to leave", () => {
    const { connection, subscriber, feed, join, joined, left } = prepare();
    connection.closed = true;

    join();
    withRegions({ regions: feed }, subscriber, (regions, reader) => regions.leave(reader));

    expect([joined, left]).toEqual([[], []]);
  });

  it("takes updates only while it is open and has read everything before them", () => {
    const { connection, subscriber, join, joined } = prepare();
    join();
    const [reader] = joined[0] ?? [];

    const upToDate = reader?.isReady;
    subscriber.cursor = 3;
    const behind = reader?.isReady;
    subscriber.cursor = -1;
    connection.closed = true;

    expect([upToDate, behind, reader?.isReady]).toEqual([true, false, false]);
  });

  it("gets its updates, and then its end, in order", () => {
    const { join, joined, done } = prepare();
    join();
    const [reader] = joined[0] ?? [];

    reader?.send(regionPayload("data: card\n\n"));
    reader?.end();

    expect(done).toEqual(["data: card\n\n", "closed"]);
  });
});

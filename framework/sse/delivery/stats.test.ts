import { describe, expect, it } from "vitest";
import { BrokerCounters, type Gauges, readStats } from "./stats.ts";

const gauges: Gauges = {
  connections: 300,
  writers: 2,
  topics: 3,
  buffered: { events: 4, bytes: 5 },
  replaced: 8,
  backplane: "up",
  waiting: { messages: 6, bytes: 7 },
  lags: [],
};

describe("readStats", () => {
  it("says what was counted and measured, and how large a flush is on average", () => {
    const counters = Object.assign(new BrokerCounters(), { broadcasts: 9, flushes: 4, flushedEvents: 10 });

    const stats = readStats(counters, gauges);

    const { lags: _lags, ...measured } = gauges;
    expect(stats).toEqual({
      ...measured,
      ...{ broadcasts: 9, flushes: 4, flushSize: 2.5, lagging: 0, lag: { max: 0, p99: 0 } },
      ...{ deliveries: 0, bytes: 0, resets: 0, refused: 0, stalled: 0, opened: 0 },
    });
  });

  it("has no average before the first flush", () => {
    expect(readStats(new BrokerCounters(), gauges).flushSize).toBe(0);
  });

  it("takes readers that keep up into account for the share of slow ones", () => {
    const lagOf = (lags: readonly number[], connections: number) =>
      readStats(new BrokerCounters(), { ...gauges, lags, connections });

    // One percent of 300 readers may be slower.
    expect(lagOf([5, 40, 30, 20], 300)).toMatchObject({ lag: { max: 40, p99: 5 }, lagging: 4 });
    expect(lagOf([40, 30], 300).lag).toEqual({ max: 40, p99: 0 });
    expect(lagOf([40, 30], 99).lag).toEqual({ max: 40, p99: 40 });
  });

  it("leaves the list of lags as it is", () => {
    const lags = [1, 3, 2];

    readStats(new BrokerCounters(), { ...gauges, lags });

    expect(lags).toEqual([1, 3, 2]);
  });
});

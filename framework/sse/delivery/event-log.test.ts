import { describe, expect, it } from "vitest";
import { EventLog } from "./event-log.ts";

const limits = { maxEntries: 4, maxBytes: 1000, maxAgeMs: 1000 };

function logOf(sequences: readonly number[], given: Partial<typeof limits & { bytes: number }> = {}): EventLog {
  const log = new EventLog({ ...limits, ...given });
  log.reset({ epoch: 5, sequence: 0 });
  for (const sequence of sequences) {
    // The id line counts, too.
    const text = "x".repeat((given.bytes ?? 10) - "id: 5-1\n".length);
    log.append({ epoch: 5, sequence }, { topics: null, except: null, text, at: sequence });
  }
  return log;
}

function textLog(texts: readonly string[]): EventLog {
  const log = new EventLog({ maxEntries: 64, maxBytes: 1e9, maxAgeMs: 1e9 });
  texts.forEach((text, index) => {
    log.append({ epoch: 1, sequence: index }, { topics: null, except: null, text, at: 0 });
  });
  return log;
}

describe("EventLog", () => {
  it("finds the first entry after an id, even when ids have gaps", () => {
    const log = logOf([1, 4, 9]);

    const found = [0, 1, 2, 4, 8, 9].map((sequence) => log.find({ epoch: 5, sequence }));

    expect(found).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it("still finds ids from before something that was no broadcast, also while it is empty", () => {
    const [empty, filled] = [logOf([]), logOf([1])];
    for (const log of [empty, filled]) log.advance({ epoch: 5, sequence: 2 });

    const found = [empty, filled].map((log) => [0, 2].map((sequence) => log.find({ epoch: 5, sequence })));

    expect(found).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  it("does not recognize an id from another epoch or from the future", () => {
    const log = logOf([1, 2]);

    const found = [
      { epoch: 4, sequence: 2 },
      { epoch: 6, sequence: 1 },
      { epoch: 5, sequence: 3 },
    ].map((id) => log.find(id));

    expect(found).toEqual([null, null, null]);
  });

  it("evicts the oldest entries beyond its maximum count, and no longer finds ids from before them", () => {
    const log = logOf([1, 2, 3, 4, 5, 6]);

    expect([log.head - log.tail, log.find({ epoch: 5, sequence: 1 }), log.find({ epoch: 5, sequence: 2 })]).toEqual([
      4,
      null,
      2,
    ]);
  });

  it("evicts the oldest entries beyond its maximum bytes, but keeps a single larger one", () => {
    const log = logOf([1, 2, 3], { bytes: 600 });
    const large = logOf([1], { bytes: 5000 });

    expect([log.head - log.tail, log.bytes, large.head - large.tail]).toEqual([1, 600, 1]);
  });

  it("evicts entries that are too old", () => {
    const log = logOf([1, 2, 3]);

    log.expire(1002);

    expect([log.tail, log.find({ epoch: 5, sequence: 0 }), log.find({ epoch: 5, sequence: 3 })]).toEqual([1, null, 3]);
  });

  it("still finds the newest id when every entry has expired", () => {
    const log = logOf([1, 2, 3]);

    log.expire(1_000_000);

    expect([log.cursor, log.find({ epoch: 5, sequence: 3 })]).toEqual(["5-3", 3]);
  });
});

describe("EventLog.runFrom", () => {
  it("frames a run in place, without touching the runs around it", () => {
    const log = textLog([]);
    const append = (text: string) => {
      log.append({ epoch: 1, sequence: log.head }, { topics: null, except: null, text, at: 0 });
      return log.head - 1;
    };

    const starts = ["data: €\n\n", "data: 😀\n\n", "data: z\n\n"].map((text) => {
      const start = append(text);
      log.endRun();
      return start;
    });
    const framed = starts.map((start) => log.runFrom(start).payload.framed).map(String);

    expect(framed).toEqual([
      "13\r\nid: 1-0\ndata: €\n\n\r\n",
      "14\r\nid: 1-1\ndata: 😀\n\n\r\n",
      "11\r\nid: 1-2\ndata: z\n\n\r\n",
    ]);
  });

  it("ends a run at the end of its page, and gives a text larger than a page its own page", () => {
    const large = `data: ${"x".repeat(300_000)}\n\n`;
    const log = textLog(["data: a\n\n", large, "data: b\n\n"]);

    const runs = [0, 1, 2].map((position) => log.runFrom(position));

    expect(runs.map(({ after }) => after)).toEqual([1, 2, 3]);
    expect(String(log.runFrom(1).payload.plain) === `id: 1-1\n${large}`).toBe(true);
  });
});

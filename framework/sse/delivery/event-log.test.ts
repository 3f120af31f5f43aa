import { describe, expect, it } from "vitest";
import { EventLog } from "./event-log.ts";

const limits = { maxEntries: 4, maxBytes: 1000, maxAgeMs: 1000 };

function logOf(sequences: readonly number[], given: Partial<typeof limits & { bytes: number }> = {}): EventLog {
  const log = new EventLog({ ...limits, ...given });
  log.reset({ epoch: 5, sequence: 0 });
  for (const sequence of sequences) {
    // The line of the id counts, too.
    const text = "x".repeat((given.bytes ?? 10) - "id: 5-1\n".length);
    log.append({ epoch: 5, sequence }, { topics: null, except: null, text, at: sequence });
  }
  return log;
}

describe("EventLog", () => {
  it("finds the first entry after an id, also when ids have gaps", () => {
    const log = logOf([1, 4, 9]);

    const found = [0, 1, 2, 4, 8, 9].map((sequence) => log.find({ epoch: 5, sequence }));

    expect(found).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it("does not know an id of another epoch or from the future", () => {
    const log = logOf([1, 2]);

    const found = [
      { epoch: 4, sequence: 2 },
      { epoch: 6, sequence: 1 },
      { epoch: 5, sequence: 3 },
    ].map((id) => log.find(id));

    expect(found).toEqual([null, null, null]);
  });

  it("drops the oldest beyond its count, and then no longer knows what came before them", () => {
    const log = logOf([1, 2, 3, 4, 5, 6]);

    expect([log.head - log.tail, log.find({ epoch: 5, sequence: 1 }), log.find({ epoch: 5, sequence: 2 })]).toEqual([
      4,
      null,
      2,
    ]);
  });

  it("drops the oldest beyond its bytes, but keeps one that alone is larger", () => {
    const log = logOf([1, 2, 3], { bytes: 600 });
    const large = logOf([1], { bytes: 5000 });

    expect([log.head - log.tail, log.bytes, large.head - large.tail]).toEqual([1, 600, 1]);
  });

  it("drops what is too old", () => {
    const log = logOf([1, 2, 3]);

    log.expire(1002);

    expect([log.tail, log.find({ epoch: 5, sequence: 0 }), log.find({ epoch: 5, sequence: 3 })]).toEqual([1, null, 3]);
  });

  it("still knows the newest id when everything is too old", () => {
    const log = logOf([1, 2, 3]);

    log.expire(1_000_000);

    expect([log.cursor, log.find({ epoch: 5, sequence: 3 })]).toEqual(["5-3", 3]);
  });
});

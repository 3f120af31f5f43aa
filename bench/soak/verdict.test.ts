import { describe, expect, it } from "vitest";
import type { SoakState } from "./soak-state.ts";
import { judgeSoak, type SoakRecord } from "./verdict.ts";

const mebibyte = 1024 * 1024;
const idle: SoakState = { heapBytes: 10 * mebibyte, streams: 0, files: 20 };
const busy: SoakState = { heapBytes: 40 * mebibyte, streams: 200, files: 222 };
const calm: SoakRecord = { samples: [busy, busy, busy, busy, busy, busy], base: idle, end: idle, missed: 0 };

function broken(record: SoakRecord): readonly string[] {
  return judgeSoak(record)
    .filter((verdict) => !verdict.isKept)
    .map((verdict) => verdict.promise);
}

describe("judgeSoak", () => {
  it("keeps every promise when nothing grows", () => {
    expect(broken(calm)).toEqual([]);
  });

  it("notices memory that grows under load", () => {
    const swollen = { ...busy, heapBytes: 60 * mebibyte };

    expect(broken({ ...calm, samples: [busy, busy, busy, busy, swollen, swollen] })).toEqual([
      "memory in use stays flat under load",
    ]);
  });

  it("notices descriptors that remain after streams are closed", () => {
    const leaky = { ...busy, files: 260 };

    expect(broken({ ...calm, samples: [busy, busy, leaky, leaky, leaky, leaky], end: { ...idle, files: 60 } })).toEqual(
      ["descriptors beside the streams stay flat under load", "descriptors return to base"],
    );
  });

  it("notices streams that are never released", () => {
    expect(broken({ ...calm, end: { ...idle, streams: 3 } })).toEqual(["all streams are gone at the end"]);
  });

  it("notices a lost event", () => {
    expect(broken({ ...calm, missed: 1 })).toEqual(["a reader that keeps up misses nothing"]);
  });

  it("rejects a run that was too short to compare", () => {
    expect(broken({ ...calm, samples: [busy] })).toEqual(["memory in use stays flat under load"]);
  });
});

import { describe, expect, it } from "vitest";
import { formatRedisEntry, parseRedisEntry, type RedisEntry } from "./redis-entry.ts";

const broadcast = { kind: "broadcast", topics: ["a", "b"], except: "c1", text: "data: ü\n\n" } as const;
const entry = (message: RedisEntry["message"]): RedisEntry => ({ publisher: "node one", count: 7, message });

describe("an entry of the Redis Stream", () => {
  it.each([
    ["a broadcast", entry(broadcast)],
    ["a broadcast for everyone", entry({ ...broadcast, topics: null, except: null })],
    ["a broadcast for one topic", entry({ ...broadcast, topics: ["a"] })],
    [
      "a command",
      entry({ kind: "control", action: "reconnect", selector: { user: "u1" }, reason: "rotated", from: "n" }),
    ],
    ["presence", entry({ kind: "presence", node: "n", isWhole: false, here: [["a", "u1"]], gone: [["b", "u2"]] })],
    ["who listens to what", entry({ kind: "listeners", listeners: [["a\u0001u1", "5-7"]] })],
    ["a sign of life", entry({ kind: "node", node: "n", isLeaving: false })],
    ["a goodbye", entry({ kind: "node", node: "n", isLeaving: true })],
    ["what live regions may show", entry({ kind: "change", changes: [{ table: "cards", ids: [1] }] })],
    ["a broadcast that replaces others", entry({ ...broadcast, key: "card:7" })],
    ["a fence", entry(null)],
  ])("is read as it was written: %s", (_, written) => {
    expect(parseRedisEntry(formatRedisEntry(written))).toEqual(written);
  });

  it("ignores fields of a later version, and a name without a value", () => {
    const fields = [...formatRedisEntry(entry(broadcast)), "z", "new", "lonely"];

    expect(parseRedisEntry(fields)).toEqual(entry(broadcast));
  });

  it("is a fence of nobody if it has no fields that are known", () => {
    expect(parseRedisEntry(["f", "1"])).toEqual({ publisher: "", count: 0, message: null });
  });
});

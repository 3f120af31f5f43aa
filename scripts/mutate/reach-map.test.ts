import { describe, expect, it } from "vitest";
import { isStale } from "./reach-map.ts";

const known = { hash: "1", rooms: ["framework/db", "framework/sse"] };

describe("isStale", () => {
  it("keeps a test that was measured with all of the rooms and hasn't changed", () => {
    expect(isStale(known, { hash: "1", rooms: ["framework/sse"] })).toBe(false);
    expect(isStale(known, { hash: "1", rooms: ["framework/sse", "framework/db"] })).toBe(false);
  });

  it("measures a test again that has changed, or that a run without one of the rooms has measured", () => {
    expect(isStale(known, { hash: "2", rooms: ["framework/sse"] })).toBe(true);
    expect(isStale(known, { hash: "1", rooms: ["framework/sse", "framework/auth"] })).toBe(true);
    expect(isStale(undefined, { hash: "1", rooms: [] })).toBe(true);
    expect(isStale({ hash: "1" }, { hash: "1", rooms: ["framework/sse"] })).toBe(true);
  });
});

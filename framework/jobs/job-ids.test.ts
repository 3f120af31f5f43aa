import { describe, expect, it } from "vitest";
import { createJobIds } from "./job-ids.ts";

describe("createJobIds", () => {
  it("creates 36-character ids that sort in order of creation, even if the clock is set back", () => {
    const times = [5000, 5000, 5001, 4000, 4001, 9000];
    let turn = 0;
    const createId = createJobIds({ now: () => times[turn++] ?? 0 });

    const ids = times.map(() => createId());

    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id.length === 36)).toBe(true);
  });
});

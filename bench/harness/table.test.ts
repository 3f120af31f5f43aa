import { describe, expect, it } from "vitest";
import type { Scenario } from "../scenarios/scenario.ts";
import type { Results } from "./results.ts";
import { alignColumns, formatResults } from "./table.ts";

const scenario: Scenario = {
  name: "single-1000",
  title: "Single events",
  columns: [{ figure: "perSecond", heading: "deliveries/s", digits: 0 }],
  prepare: async () => async () => ({}),
};

const results: Results = {
  at: "2026-01-01T00:00:00Z",
  node: "20",
  cpu: "two cores",
  cores: "pinned",
  client: "c",
  isQuick: false,
  skipped: { nchan: "nginx is not installed" },
  failed: {},
  scenarios: {
    "single-1000": {
      ours: { perSecond: [200_000, 100_000, 220_000] },
      "better-sse": { perSecond: [100_000, 50_000, 110_000] },
    },
  },
};

describe("formatResults", () => {
  it("shows medians and ratios within slices", () => {
    expect(formatResults(results, [scenario])).toMatch(/ours\s+200,000\s+±30%\s+2\.00/);
  });

  it("lists the contenders that were left out, and why", () => {
    expect(formatResults(results, [scenario])).toContain("skipped: nchan (nginx is not installed)");
  });
});

describe("alignColumns", () => {
  it("aligns names left and figures right", () => {
    expect(
      alignColumns([
        ["a", "10"],
        ["long", "5"],
      ]),
    ).toEqual(["a     10", "long   5"]);
  });
});

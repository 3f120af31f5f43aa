import { describe, expect, it } from "vitest";
import { allScenarios } from "../scenarios/all-scenarios.ts";
import { type Budget, formatFinding, judge, loadBudgets } from "./budgets.ts";
import { contenderNames } from "./contenders.ts";
import type { Results } from "./results.ts";

function resultsOf(ours: number[], peer: number[]): Results {
  return {
    at: "2026-01-01T00:00:00Z",
    node: "20",
    cpu: "two cores",
    cores: "pinned",
    client: "c",
    isQuick: false,
    skipped: {},
    failed: {},
    scenarios: { "single-1000": { ours: { perSecond: ours }, "better-sse": { perSecond: peer } } },
  };
}

const twice: Budget = {
  promise: "Twice better-sse",
  scenario: "single-1000",
  figure: "perSecond",
  of: "ours",
  over: "better-sse",
  atLeast: 2,
};

describe("judge", () => {
  it("meets a budget whose median ratio reaches the bound", () => {
    expect(judge([twice], resultsOf([200, 10, 300], [100, 5, 100]))[0]).toMatchObject({ verdict: "kept", value: 2 });
  });

  it("misses a budget whose median ratio stays below", () => {
    expect(judge([twice], resultsOf([199], [100]))[0]).toMatchObject({ verdict: "missed" });
  });

  it("bounds the figure itself when there is nothing to compare it with", () => {
    const { over: _, atLeast: __, ...rest } = twice;

    expect(judge([{ ...rest, atMost: 10 }], resultsOf([11, 12, 9], []))[0]).toMatchObject({
      verdict: "missed",
      value: 11,
    });
  });

  it("calls a budget unmeasured when a side was skipped", () => {
    expect(judge([twice], resultsOf([200], []))[0]).toMatchObject({ verdict: "unmeasured" });
  });
});

describe("formatFinding", () => {
  it("shows the promise, the measured value and the bound", () => {
    const finding = { budget: twice, verdict: "missed", value: 1.5 } as const;

    expect(formatFinding(finding)).toBe("missed     Twice better-sse: 1.50 × better-sse (at least 2)");
  });
});

describe("loadBudgets", () => {
  it("names scenarios and contenders that exist", () => {
    const scenarios = new Set(allScenarios.map((scenario) => scenario.name));
    const contenders = new Set<string>(contenderNames);
    const strangers = loadBudgets().filter(
      ({ scenario, of, over }) => !scenarios.has(scenario) || !contenders.has(of) || !contenders.has(over ?? of),
    );

    expect(strangers).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { allScenarios } from "../scenarios/all-scenarios.ts";
import { parseOptions } from "./options.ts";

describe("parseOptions", () => {
  it("runs everything with five slices by default", () => {
    const options = parseOptions([]);

    expect(options).toMatchObject({ isQuick: false, slices: 5 });
    expect(options.scenarios).toEqual(allScenarios);
  });

  it("picks scenarios by name and by group", () => {
    const names = parseOptions(["--only", "latency,burst-1000"]).scenarios.map((scenario) => scenario.name);

    expect(names).toEqual(["latency-1000", "latency-100", "burst-1000"]);
  });

  it("uses fewer contenders and slices with --quick", () => {
    const options = parseOptions(["--quick"]);

    expect(options.slices).toBe(3);
    expect(options.contenders).not.toContain("transmit");
  });

  it("rejects an unknown scenario", () => {
    expect(() => parseOptions(["--only", "warp"])).toThrow('no scenario "warp"');
  });
});

import { describe, expect, it } from "vitest";
import { checkCron, nextRun, previousRun } from "./cron.ts";

describe("nextRun", () => {
  it("returns the first time after the given one, never the same time", () => {
    const rule = { cron: "*/5 * * * *", timeZone: "UTC" };
    const at = Date.UTC(2026, 0, 1, 0, 5);

    expect(nextRun(rule, at - 1)).toBe(at);
    expect(nextRun(rule, at)).toBe(at + 300_000);
    expect(previousRun(rule, at)).toBe(at - 300_000);
  });

  it("treats the first of six fields as seconds", () => {
    expect(nextRun({ cron: "*/10 * * * * *", timeZone: "UTC" }, 1000)).toBe(10_000);
  });

  it("runs on the day when the clock skips its hour", () => {
    const rule = { cron: "30 2 * * *", timeZone: "Europe/Berlin" };
    const eve = Date.UTC(2026, 2, 28, 12); // Daylight saving time starts at 2 a.m. on the 29th.

    const next = nextRun(rule, eve);

    expect(next).toBeGreaterThanOrEqual(Date.UTC(2026, 2, 29, 1));
    expect(next).toBeLessThan(Date.UTC(2026, 2, 29, 2));
  });

  it("rejects an invalid rule or time zone", () => {
    const refused = expect.objectContaining({ code: "JOBS_CRON_INVALID" });

    expect(() => nextRun({ cron: "every day", timeZone: "UTC" }, 0)).toThrow(refused);
    expect(() => nextRun({ cron: "* * * * *", timeZone: "Mars/Crater" }, 0)).toThrow(refused);
  });
});

describe("checkCron", () => {
  const refused = expect.objectContaining({ code: "JOBS_CRON_INVALID" });

  it("accepts valid rules, simple or not", () => {
    expect(() => checkCron({ cron: "17 * * * *", timeZone: "UTC" }, 0)).not.toThrow();
    expect(() => checkCron({ cron: "*/5 2-4 * jan mon", timeZone: "Europe/Berlin" }, 0)).not.toThrow();
  });

  it("rejects a rule that only looks simple", () => {
    expect(() => checkCron({ cron: "60 * * * *", timeZone: "UTC" }, 0)).toThrow(refused);
    expect(() => checkCron({ cron: "0 24 * * *", timeZone: "UTC" }, 0)).toThrow(refused);
    expect(() => checkCron({ cron: "17 * * * *", timeZone: "Mars/Crater" }, 0)).toThrow(refused);
  });
});

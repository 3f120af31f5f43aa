import { describe, expect, it } from "vitest";
import { checkCron, nextRun, previousRun } from "./cron.ts";

describe("nextRun", () => {
  it("gives the first moment after, never the moment itself", () => {
    const rule = { cron: "*/5 * * * *", timeZone: "UTC" };
    const at = Date.UTC(2026, 0, 1, 0, 5);

    expect(nextRun(rule, at - 1)).toBe(at);
    expect(nextRun(rule, at)).toBe(at + 300_000);
    expect(previousRun(rule, at)).toBe(at - 300_000);
  });

  it("counts seconds when there are six fields", () => {
    expect(nextRun({ cron: "*/10 * * * * *", timeZone: "UTC" }, 1000)).toBe(10_000);
  });

  it("gives a run to the day on which the clock skips its hour", () => {
    const rule = { cron: "30 2 * * *", timeZone: "Europe/Berlin" };
    const eve = Date.UTC(2026, 2, 28, 12); // summer time begins at two on the 29th

    const next = nextRun(rule, eve);

    expect(next).toBeGreaterThanOrEqual(Date.UTC(2026, 2, 29, 1));
    expect(next).toBeLessThan(Date.UTC(2026, 2, 29, 2));
  });

  it("refuses a rule or a time zone that cannot be read", () => {
    const refused = expect.objectContaining({ code: "JOBS_CRON_INVALID" });

    expect(() => nextRun({ cron: "every day", timeZone: "UTC" }, 0)).toThrow(refused);
    expect(() => nextRun({ cron: "* * * * *", timeZone: "Mars/Crater" }, 0)).toThrow(refused);
  });
});

describe("checkCron", () => {
  const refused = expect.objectContaining({ code: "JOBS_CRON_INVALID" });

  it("lets pass what can be kept, plain or not", () => {
    expect(() => checkCron({ cron: "17 * * * *", timeZone: "UTC" }, 0)).not.toThrow();
    expect(() => checkCron({ cron: "*/5 2-4 * jan mon", timeZone: "Europe/Berlin" }, 0)).not.toThrow();
  });

  it("refuses a rule that only looks plain", () => {
    expect(() => checkCron({ cron: "60 * * * *", timeZone: "UTC" }, 0)).toThrow(refused);
    expect(() => checkCron({ cron: "0 24 * * *", timeZone: "UTC" }, 0)).toThrow(refused);
    expect(() => checkCron({ cron: "17 * * * *", timeZone: "Mars/Crater" }, 0)).toThrow(refused);
  });
});

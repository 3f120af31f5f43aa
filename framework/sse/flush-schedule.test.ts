import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlushSchedule } from "./flush-schedule.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("FlushSchedule", () => {
  it("flushes once a turn, whatever comes in it", () => {
    const flush = vi.fn();
    const schedule = new FlushSchedule(flush, 0);

    schedule.request(null);
    schedule.request(["a"]);
    vi.runAllTimers();
    schedule.request(null);
    vi.runAllTimers();

    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("lets a topic wait as long as it may", () => {
    const flush = vi.fn();
    const schedule = new FlushSchedule(flush, (topic) => (topic === "ticker" ? 20 : 0));

    schedule.request(["ticker"]);
    vi.advanceTimersByTime(19);
    const early = flush.mock.calls.length;
    schedule.request(["ticker"]);
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([0, 1]);
  });

  it("takes along what may wait when something comes that may not", () => {
    const flush = vi.fn();
    const schedule = new FlushSchedule(flush, (topic) => (topic === null ? 0 : 20));

    schedule.request(["ticker"]);
    schedule.request(null);
    vi.advanceTimersByTime(1);
    const soon = flush.mock.calls.length;
    vi.advanceTimersByTime(40);

    expect([soon, flush.mock.calls.length]).toEqual([1, 1]);
  });

  it("goes by the shortest window of the topics and of the broadcasts that wait", () => {
    const flush = vi.fn();
    const schedule = new FlushSchedule(flush, (topic) => (topic === "slow" ? 50 : 10));

    schedule.request(["slow"]);
    schedule.request(["slow", "quick"]);
    vi.advanceTimersByTime(10);

    expect(flush).toHaveBeenCalledTimes(1);
  });
});

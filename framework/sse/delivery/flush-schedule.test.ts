import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlushSchedule, type FlushWindow } from "./flush-schedule.ts";

function scheduleOf(flush: () => void, window: FlushWindow, share = 0.5): FlushSchedule {
  return new FlushSchedule(flush, { window, share });
}

/** A flush that keeps the event loop busy for so long. */
function longFlush(ms: number) {
  return vi.fn(() => void vi.advanceTimersByTime(ms));
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("FlushSchedule", () => {
  it("flushes once a turn, whatever comes in it", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, 0);

    schedule.request(null);
    schedule.request(["a"]);
    vi.runAllTimers();
    schedule.request(null);
    vi.runAllTimers();

    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("lets a topic wait as long as it may", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, (topic) => (topic === "ticker" ? 20 : 0));

    schedule.request(["ticker"]);
    vi.advanceTimersByTime(19);
    const early = flush.mock.calls.length;
    schedule.request(["ticker"]);
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([0, 1]);
  });

  it("takes along what may wait when something comes that may not", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, (topic) => (topic === null ? 0 : 20));

    schedule.request(["ticker"]);
    schedule.request(null);
    vi.advanceTimersByTime(1);
    const soon = flush.mock.calls.length;
    vi.advanceTimersByTime(40);

    expect([soon, flush.mock.calls.length]).toEqual([1, 1]);
  });

  it("goes by the shortest window of the topics and of the broadcasts that wait", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, (topic) => (topic === "slow" ? 50 : 10));

    schedule.request(["slow"]);
    schedule.request(["slow", "quick"]);
    vi.advanceTimersByTime(10);

    expect(flush).toHaveBeenCalledTimes(1);
  });

  it("rests until what is beyond the allowance is made up for, and takes along what comes meanwhile", () => {
    const flush = longFlush(60);
    const schedule = scheduleOf(flush, 0);
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(5);
    schedule.request(null);
    vi.advanceTimersByTime(4);
    const early = flush.mock.calls.length;
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([1, 2]);
  });

  it("makes nobody wait for a slow flush alone", () => {
    const flush = longFlush(50);
    const schedule = scheduleOf(flush, 0);
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(0);

    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("counts what flushes owe together, less the pauses between them", () => {
    const flush = longFlush(30);
    const schedule = scheduleOf(flush, 0);
    schedule.flushNow();
    vi.advanceTimersByTime(5);
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(4);
    const early = flush.mock.calls.length;
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([2, 3]);
  });

  it("never rests when it may have all of the time", () => {
    const flush = longFlush(100);
    const schedule = scheduleOf(flush, 0, 1);
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(0);

    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("sends what cannot wait at once, and is not made to forget its rest by a flush of nothing", () => {
    let ms = 60;
    const flush = vi.fn(() => void vi.advanceTimersByTime(ms));
    const schedule = scheduleOf(flush, 0);
    schedule.flushNow();
    ms = 0;
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(9);
    const early = flush.mock.calls.length;
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([2, 3]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %d as a share", (share) => {
    expect(() => scheduleOf(vi.fn(), 0, share)).toThrow(/above 0 and up to 1/);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FlushSchedule, type FlushWindow } from "./flush-schedule.ts";

function scheduleOf(flush: () => void, window: FlushWindow, share = 0.5): FlushSchedule {
  return new FlushSchedule(flush, { window, share });
}

/** A flush that blocks the event loop for the given time. */
function longFlush(ms: number) {
  return vi.fn(() => void vi.advanceTimersByTime(ms));
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("FlushSchedule", () => {
  it("flushes once per turn, no matter how many requests arrive", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, 0);

    schedule.request(null);
    schedule.request(["a"]);
    vi.runAllTimers();
    schedule.request(null);
    vi.runAllTimers();

    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("lets a topic wait for its window", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, (topic) => (topic === "ticker" ? 20 : 0));

    schedule.request(["ticker"]);
    vi.advanceTimersByTime(19);
    const early = flush.mock.calls.length;
    schedule.request(["ticker"]);
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([0, 1]);
  });

  it("sends waiting broadcasts along with one that may not wait", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, (topic) => (topic === null ? 0 : 20));

    schedule.request(["ticker"]);
    schedule.request(null);
    vi.advanceTimersByTime(1);
    const soon = flush.mock.calls.length;
    vi.advanceTimersByTime(40);

    expect([soon, flush.mock.calls.length]).toEqual([1, 1]);
  });

  it("uses the shortest window of all topics and waiting broadcasts", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, (topic) => (topic === "slow" ? 50 : 10));

    schedule.request(["slow"]);
    schedule.request(["slow", "quick"]);
    vi.advanceTimersByTime(10);

    expect(flush).toHaveBeenCalledTimes(1);
  });

  it("rests to make up for time beyond the allowance, and then sends what arrived in between", () => {
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

  it("does not rest after a single slow flush", () => {
    const flush = longFlush(50);
    const schedule = scheduleOf(flush, 0);
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(0);

    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("adds up the time of consecutive flushes, minus the pauses between them", () => {
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

  it("never rests when its share is 1", () => {
    const flush = longFlush(100);
    const schedule = scheduleOf(flush, 0, 1);
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(0);

    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("keeps its window when its share is 1", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, 20, 1);
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(19);
    const early = flush.mock.calls.length;
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([1, 2]);
  });

  it("rests as long as its share asks for", () => {
    const flush = longFlush(60);
    const schedule = scheduleOf(flush, 0, 0.2);
    schedule.flushNow();

    // Ten milliseconds beyond the allowance, four times as long.
    schedule.request(null);
    vi.advanceTimersByTime(39);
    const early = flush.mock.calls.length;
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([1, 2]);
  });

  it("lets a pause make up for as much as its share allows", () => {
    const flush = longFlush(30);
    const schedule = scheduleOf(flush, 0, 0.2);
    schedule.flushNow();
    // A fourth of it counts, so 55 ms are owed, and 5 of them beyond the allowance.
    vi.advanceTimersByTime(20);
    schedule.flushNow();

    schedule.request(null);
    vi.advanceTimersByTime(19);
    const early = flush.mock.calls.length;
    vi.advanceTimersByTime(1);

    expect([early, flush.mock.calls.length]).toEqual([2, 3]);
  });

  it("takes the place of a flush that was about to come", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, (topic) => (topic === null ? 0 : 20));
    schedule.request(null);
    schedule.flushNow();
    schedule.request(["ticker"]);
    schedule.flushNow();

    vi.advanceTimersByTime(100);

    expect(flush).toHaveBeenCalledTimes(2);
  });

  it("keeps an earlier time when a later one is asked for", () => {
    const flush = vi.fn();
    const schedule = scheduleOf(flush, (topic) => (topic === "slow" ? 50 : 10));
    schedule.request(["quick"]);
    vi.advanceTimersByTime(5);
    schedule.request(["slow"]);

    vi.advanceTimersByTime(5);

    expect(flush).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(flush).toHaveBeenCalledTimes(1);
  });

  it("flushes urgent events at once, and an empty flush does not cancel its rest", () => {
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

  it.each([0, -1, 1.5, Number.NaN])("rejects %d as a share", (share) => {
    expect(() => scheduleOf(vi.fn(), 0, share)).toThrow(
      expect.objectContaining({
        code: "SSE_FLUSH_SHARE_IMPOSSIBLE",
        message: expect.stringMatching(/above 0 and up to 1/),
      }),
    );
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queryTimeoutMs, withinLimit, withQueryTimeout } from "./query-limit.ts";

/** A query that doesn't end by itself, and what is done about it. */
function start(limitMs: number, slowMs: number) {
  const steps: string[] = [];
  let end: (result: string) => void = () => {};
  const query = new Promise<string>((resolve) => {
    end = resolve;
  });
  const onSlow = () => void steps.push("slow");
  const onExpired = () => void steps.push("expired");
  const result = withinLimit(query, { limitMs, slowMs, onSlow, onExpired }).then(
    (value) => steps.push(value),
    (error: { code: string }) => steps.push(error.code),
  );
  return { steps, end, result };
}

describe("withinLimit", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("tells once that a query is slow, and gives it up after its limit", async () => {
    const { steps, result } = start(1000, 400);

    await vi.advanceTimersByTimeAsync(399);
    const before = [...steps];
    await vi.advanceTimersByTimeAsync(600);
    const between = [...steps];
    await vi.advanceTimersByTimeAsync(1);
    await result;

    expect([before, between, steps]).toEqual([[], ["slow"], ["slow", "expired", "DB_QUERY_TIMEOUT"]]);
  });

  it.each([400, 300])("doesn't call a query slow whose limit is %d ms", async (limitMs) => {
    const { steps, result } = start(limitMs, 400);

    await vi.advanceTimersByTimeAsync(limitMs);
    await result;

    expect(steps).toEqual(["expired", "DB_QUERY_TIMEOUT"]);
  });

  it("leaves no timer behind, whether a query was quick or slow", async () => {
    const [quick, slow] = [start(1000, 400), start(1000, 400)];

    quick.end("done");
    await quick.result;
    await vi.advanceTimersByTimeAsync(500);
    slow.end("done");
    await slow.result;

    expect([quick.steps, slow.steps, vi.getTimerCount()]).toEqual([["done"], ["slow", "done"], 0]);
  });
});

describe("queryTimeoutMs", () => {
  it("is the standard one, the one of the work, or the longest that a timer can wait", () => {
    const limits = [250, Number.POSITIVE_INFINITY].map((limit) =>
      withQueryTimeout(limit, () => queryTimeoutMs(15_000)),
    );

    expect([queryTimeoutMs(15_000), ...limits]).toEqual([15_000, 250, 2_147_483_647]);
  });
});

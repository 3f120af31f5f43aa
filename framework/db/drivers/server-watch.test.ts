import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { ServerWatch } from "./server-watch.ts";

const refused = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const timedOut = () => Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT" });
const lost = new Error("Connection terminated");

/** A watch on a server that fails its checks with these errors, one after the other, and then responds. */
function prepare(...failures: Error[]) {
  const lines: string[] = [];
  const note = (level: string) => (facts: object, text: string) =>
    void lines.push(`${level} ${text.split(";")[0]}${"awayMs" in facts ? "" : " [cause]"}`);
  const log = { ...silentLogger, error: note("error"), warn: note("warn"), info: note("info") };
  let checks = 0;
  const check = async () => {
    checks += 1;
    const failure = failures.shift();
    if (failure) throw failure;
  };
  const watch = new ServerWatch({ log, check, everyMs: 20 });
  return { watch, lines, failures, checks: () => checks };
}

describe("ServerWatch", () => {
  it("tells an outage once, asks until the server responds, and tells that too", async () => {
    const { watch, lines, checks } = prepare(refused(), refused(), refused());

    watch.lost(lost);
    await expect.poll(() => lines.length).toBe(1);
    const during = [watch.isAway, watch.isSilent];
    await expect.poll(() => watch.isAway).toBe(false);

    expect([during, checks()]).toEqual([[true, false], 4]);
    expect(lines).toEqual(["error the database is away [cause]", "info the database is back"]);
  });

  it.each([
    ["a code", timedOut()],
    ["words", new Error("timeout expired")],
  ])("knows from %s that there is no reply at all, until there is one", async (_name, failure) => {
    const { watch } = prepare(failure);

    watch.lost(lost);
    await expect.poll(() => watch.isAway).toBe(true);
    const during = watch.isSilent;
    await expect.poll(() => watch.isAway).toBe(false);

    expect([during, watch.isSilent]).toEqual([true, false]);
  });

  it("takes a server with too many connections for one that responds", async () => {
    const full = ["53300", "ER_CON_COUNT_ERROR"].map((code) => Object.assign(new Error("full"), { code }));
    const { watch, lines, checks } = prepare(...full);

    watch.lost(lost);
    await expect.poll(() => lines.length).toBe(1);
    watch.lost(lost);
    await expect.poll(checks).toBe(2);

    expect([watch.isAway, lines]).toEqual([
      false,
      ["warn a connection to the database was lost and is replaced [cause]"],
    ]);
  });

  it("asks once at a time", async () => {
    const { watch, checks, lines } = prepare();

    watch.lost(lost);
    watch.lost(lost);
    watch.slow();
    await expect.poll(() => lines.length).toBe(1);

    expect(checks()).toBe(1);
  });

  it("asks nothing more once it is closed, and calls nothing an outage", async () => {
    const [idle, away, asked] = [prepare(), prepare(refused(), refused()), prepare(refused())];
    away.watch.lost(lost);
    await expect.poll(() => away.lines.length).toBe(1);

    asked.watch.lost(lost);
    for (const { watch } of [idle, away, asked]) watch.close();
    idle.watch.lost(lost);
    await new Promise((resolve) => setTimeout(resolve, 250));

    expect([idle, away, asked].map(({ checks }) => checks())).toEqual([0, 1, 1]);
    expect([away.lines.length, asked.lines]).toEqual([1, []]);
  });
});

describe("ServerWatch over time", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
  afterEach(() => void vi.useRealTimers());

  it("asks because a query is slow, unless the server responded within five seconds", async () => {
    const { watch, checks, lines } = prepare();

    watch.slow();
    await expect.poll(checks).toBe(1);
    vi.advanceTimersByTime(5000);
    watch.slow();
    const trusted = checks();
    vi.advanceTimersByTime(1);
    watch.slow();

    expect([trusted, checks(), lines]).toEqual([1, 2, []]);
  });

  it("tells of connections that are lost one after the other every ten seconds at most", async () => {
    const { watch, lines, checks } = prepare();

    for (const [waitMs, asked] of [
      [0, 1],
      [10_000, 2],
      [1, 3],
    ] as const) {
      vi.advanceTimersByTime(waitMs);
      watch.lost(lost);
      await expect.poll(checks).toBe(asked);
      await Promise.resolve();
    }

    expect(lines).toHaveLength(2);
  });

  it("tells how long an outage took", async () => {
    const awayMs: unknown[] = [];
    const log = { ...silentLogger, info: (facts: object) => void awayMs.push(Reflect.get(facts, "awayMs")) };
    let isUp = false;
    const check = async () => {
      if (!isUp) throw refused();
    };
    const watch = new ServerWatch({ log, check, everyMs: 20 });
    watch.lost(lost);
    await expect.poll(() => watch.isAway).toBe(true);

    vi.advanceTimersByTime(7000);
    isUp = true;
    // Polling takes time too.
    await expect.poll(() => awayMs).toHaveLength(1);
    expect(Number(awayMs[0])).toBeGreaterThanOrEqual(7000);
    expect(Number(awayMs[0])).toBeLessThan(9000);
  });
});

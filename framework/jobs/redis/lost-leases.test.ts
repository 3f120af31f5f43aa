import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { LostLeases } from "./lost-leases.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const lines: object[] = [];
  const log = { ...silentLogger, warn: (facts: object) => void lines.push(facts) };
  return { lines, leases: new LostLeases(log, "mail") };
}

const complaints = (id: string) => [
  new Error(`could not renew lock for job ${id}`),
  new Error(`Missing lock for job ${id}. moveToFinished`),
  new Error(`Missing lock for job ${id}. retryJob`),
];

describe("leases that expired", () => {
  it("are logged once for all jobs, however often BullMQ complains about each", () => {
    const { lines, leases } = start();

    const taken = ["a-1", "b-2"].flatMap(complaints).map((error) => leases.take(error));
    vi.advanceTimersByTime(1000);
    const later = leases.take(new Error("Missing lock for job a-1. moveToFinished"));
    vi.advanceTimersByTime(5000);

    expect([...taken, later]).toEqual(Array(7).fill(true));
    expect(lines).toEqual([{ queue: "mail", count: 2, jobIds: ["a-1", "b-2"] }]);
  });

  it("are logged at the end, too, and name a few jobs only", () => {
    const { lines, leases } = start();

    for (let n = 0; n < 50; n += 1) leases.take(new Error(`could not renew lock for job ${n}`));
    leases.tell();
    leases.tell();

    expect(lines).toEqual([{ queue: "mail", count: 50, jobIds: Array.from({ length: 10 }, (_, n) => String(n)) }]);
  });

  it("leave other errors of a worker alone", () => {
    const { lines, leases } = start();

    expect(leases.take(new Error("Missing key for job 1. moveToFinished"))).toBe(false);
    vi.advanceTimersByTime(5000);
    expect(lines).toEqual([]);
  });
});

import { describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { isInTransaction, openDatabase } from "../../db/index.ts";
import { createGate } from "../../test-support/create-gate.ts";
import { createAfterResponse } from "./after-response.ts";

describe("createAfterResponse", () => {
  it("leaves time to render the response first", async () => {
    vi.useFakeTimers();
    const later = createAfterResponse(silentLogger);
    const steps: string[] = [];

    later.run(async () => steps.push("work"));
    await vi.advanceTimersByTimeAsync(20);
    steps.push("response");
    await vi.advanceTimersByTimeAsync(20);

    expect(steps).toEqual(["response", "work"]);
    vi.useRealTimers();
  });

  it("is idle once all work is done, and what that has started too", async () => {
    const later = createAfterResponse(silentLogger);
    const gate = createGate();
    const done: string[] = [];
    later.run(async () => {
      await gate.opened;
      later.run(async () => done.push("second"));
      done.push("first");
    });

    const idle = later.idle().then(() => done.push("idle"));
    gate.open();
    await idle;

    expect(done).toEqual(["first", "second", "idle"]);
  });

  it("logs what fails, because nobody awaits it", async () => {
    const errors: unknown[] = [];
    const later = createAfterResponse({ ...silentLogger, error: (facts) => void errors.push(facts) });
    const failure = new Error("no mail today");

    later.run(() => Promise.reject(failure));
    await later.idle();

    expect(errors).toEqual([{ err: failure }]);
  });

  it("isn't part of the transaction of its request", async () => {
    const db = await openDatabase("sqlite::memory:", { log: silentLogger });
    const later = createAfterResponse(silentLogger);
    const seen: boolean[] = [];

    await db.transaction().execute(async () => {
      later.run(async () => seen.push(isInTransaction()));
      await later.idle();
    });

    expect(seen).toEqual([false]);
    await db.destroy();
  });
});

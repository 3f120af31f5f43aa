import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../framework/base/index.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import { createBackgroundQueue } from "./background-queue.ts";
import { type MailRetries, mailRetries } from "./retries.ts";

const minute = 60_000;
const message: ReadyMessage = {
  ...{ id: "m1", at: 0, subject: "Hi", text: "Hi", headers: {}, attachments: [] },
  ...{ from: { address: "me@example.com" }, to: [{ address: "you@example.com" }], cc: [], bcc: [], replyTo: [] },
};

/** A queue whose mail server is away for a number of attempts, and when it tried, in minutes since the start. */
function prepare(failures: number, retries?: MailRetries) {
  const startedAt = Date.now();
  const tries: number[] = [];
  const logged: string[] = [];
  const note = (level: string) => (facts: object) => void logged.push(`${level} ${Reflect.get(facts, "attempt")}`);
  const queue = createBackgroundQueue({
    ...(retries ? { retries } : {}),
    log: { ...silentLogger, warn: note("warn"), error: note("error") },
    async deliver() {
      tries.push((Date.now() - startedAt) / minute);
      if (tries.length <= failures) throw new Error("no mail today");
      return {};
    },
  });
  return { queue, tries, logged };
}

describe("createBackgroundQueue", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("gives up after exactly as many attempts as it was told, and says so", async () => {
    const { queue, tries, logged } = prepare(100, { attempts: 3 });

    await queue.add(message, {});
    await vi.advanceTimersByTimeAsync(24 * 60 * minute);

    expect(tries).toEqual([0, 1, 3]);
    expect(logged).toEqual(["warn 1", "warn 2", "error 3"]);
  });

  it("tries once if it may not retry", async () => {
    const { queue, tries, logged } = prepare(100, { attempts: 1 });

    await queue.add(message, {});
    await vi.advanceTimersByTimeAsync(24 * 60 * minute);

    expect([tries, logged]).toEqual([[0], ["error 1"]]);
  });

  it("waits longer each time, up to the bound, until the mail is sent", async () => {
    const { queue, tries, logged } = prepare(4, { baseMs: 2 * minute, factor: 3, maxMs: 20 * minute });

    await queue.add(message, {});
    await vi.advanceTimersByTimeAsync(24 * 60 * minute);

    expect(tries).toEqual([0, 2, 8, 26, 46]);
    expect(logged).toEqual(["warn 1", "warn 2", "warn 3", "warn 4"]);
  });

  it("tries 42 times in about three days by default", async () => {
    const { queue, tries, logged } = prepare(100);

    await queue.add(message, {});
    await vi.advanceTimersByTimeAsync(7 * 24 * 60 * minute);

    expect(tries.slice(0, 9)).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 247]);
    expect([tries.length, logged.at(-1)]).toEqual([42, "error 42"]);
    expect(Math.round((tries.at(-1) ?? 0) / 60)).toBe(70);
  });

  it("leaves nothing behind that waits for the end of the process, however often it tries", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { queue, tries } = prepare(100);

    await queue.add(message, {});
    await vi.advanceTimersByTimeAsync(24 * 60 * minute);

    expect(tries.length).toBeGreaterThan(11);
    // Node warns about eleven listeners of one signal.
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it("sends no earlier than it should", async () => {
    const { queue, tries } = prepare(0);

    await queue.add(message, { delayMs: 10 * minute });
    await vi.advanceTimersByTimeAsync(10 * minute - 1);
    const early = [...tries];
    await vi.advanceTimersByTimeAsync(1);

    expect([early, tries]).toEqual([[], [10]]);
  });

  it("tries what waits once more when the process ends", async () => {
    const { queue, tries, logged } = prepare(100);
    await queue.add(message, {});
    await vi.advanceTimersByTimeAsync(0);

    await queue.drain(1_000);

    expect([tries, logged]).toEqual([
      [0, 0],
      ["warn 1", "error 2"],
    ]);
  });
});

describe("mailRetries", () => {
  it("fills in what isn't given", () => {
    expect(mailRetries()).toEqual({ attempts: 42, baseMs: minute, factor: 2, maxMs: 120 * minute, jitter: 0.2 });
    expect(mailRetries({ attempts: 3, jitter: 0 })).toMatchObject({ attempts: 3, factor: 2, jitter: 0 });
  });
});

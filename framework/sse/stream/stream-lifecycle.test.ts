import { afterEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { connectionBroken } from "../errors.ts";
import { createRecordedStream } from "./recorded-stream.ts";
import { endAtOnce, endOneByOne, endStream, logBrokenStream, soon } from "./stream-lifecycle.ts";

const createStreams = (count: number) => Array.from({ length: count }, createRecordedStream);
const subscribersOf = (streams: ReturnType<typeof createStreams>) => streams.map(({ subscriber }) => subscriber);

/** When the client of a stream that has ended was told to come back. */
const retryOf = ({ done }: { readonly done: readonly string[] }) => Number(/^retry: (\d+)$/m.exec(done[0] ?? "")?.[1]);

/** Chance, as the test wants it. */
const setChance = (value: number) => vi.spyOn(Math, "random").mockReturnValue(value);

afterEach(() => void vi.restoreAllMocks());

describe("endStream", () => {
  it("sends a last event, and ends the stream after it", () => {
    const { subscriber, done } = createRecordedStream();

    endStream(subscriber, "data: last\n\n");

    expect(done).toEqual(["data: last\n\n", "closed"]);
  });
});

describe("soon", () => {
  it("is between 50 and 250 ms", () => {
    const [least, most] = [0, 1].map((value) => {
      setChance(value);
      return soon();
    });

    expect([least, most]).toEqual([50, 250]);
  });
});

describe("endAtOnce", () => {
  const settings = { isAlone: true, retryMs: 1000, spreadMs: 10_000 };

  it.each([
    ["of a single process come back after a second at the earliest", true, 0, 1000],
    ["of a single process come back at 250 a second", true, 1, 1400],
    ["of one of several processes come back soon", false, 0, 50],
    ["of one of several processes come back at 250 a second", false, 1, 650],
  ])("lets clients come back: those %s", (_name, isAlone, chance, retryMs) => {
    const streams = createStreams(100);
    setChance(chance);

    endAtOnce(subscribersOf(streams), { ...settings, isAlone });

    expect(new Set(streams.map(retryOf))).toEqual(new Set([retryMs]));
    expect(streams.every(({ done }) => done.at(-1) === "closed")).toBe(true);
  });

  it("lets nobody wait longer than over what reconnects are spread", () => {
    const streams = createStreams(100);
    setChance(1);

    endAtOnce(subscribersOf(streams), { ...settings, spreadMs: 300 });

    expect(streams.map(retryOf)).toEqual(Array(100).fill(1300));
  });
});

describe("endOneByOne", () => {
  const settings = { isAlone: false, retryMs: 1000, spreadMs: 10_000 };
  const ended = (streams: ReturnType<typeof createStreams>) => streams.filter(({ done }) => done.length > 0).length;

  it("ends streams in steps, 250 a second, so that each client is away for a moment only", async () => {
    const streams = createStreams(12);

    const ending = endOneByOne(subscribersOf(streams), settings);
    const atOnce = ended(streams);
    await ending;

    expect([atOnce, ended(streams)]).toEqual([5, 12]);
    expect(streams.every((stream) => retryOf(stream) >= 50 && retryOf(stream) <= 250)).toBe(true);
  });

  it("ends them all at once if they are few, or if nothing is spread", async () => {
    const [few, many] = [createStreams(5), createStreams(100)];

    const endings = [
      endOneByOne(subscribersOf(few), settings),
      endOneByOne(subscribersOf(many), { ...settings, spreadMs: 0 }),
    ];
    const atOnce = [ended(few), ended(many)];
    await Promise.all(endings);

    expect(atOnce).toEqual([5, 100]);
  });

  it("ends those of a single process together, because there is no other to go to", async () => {
    const streams = createStreams(12);
    setChance(0);

    const ending = endOneByOne(subscribersOf(streams), { ...settings, isAlone: true });
    const atOnce = ended(streams);
    await ending;

    expect([atOnce, ...new Set(streams.map(retryOf))]).toEqual([12, 1000]);
  });
});

describe("logBrokenStream", () => {
  const reset = Object.assign(new Error("read"), { code: "ECONNRESET" });
  const pipe = Object.assign(new Error("write"), { code: "EPIPE" });

  it.each([
    ["debug", reset],
    ["debug", pipe],
    ["debug", connectionBroken({ reason: "ETIMEDOUT" })],
    ["warn", new RangeError("something else")],
  ] as const)("logs at the level %s: %s", (level, error) => {
    const lines: unknown[] = [];
    const note = (name: string) => (facts: object) => void lines.push([name, facts]);

    logBrokenStream({ ...silentLogger, debug: note("debug"), warn: note("warn") }, "c1", error);

    expect(lines).toEqual([[level, { err: error, connectionId: "c1" }]]);
  });
});

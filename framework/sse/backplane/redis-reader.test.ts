import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import type { Redis } from "../../redis/index.ts";
import { formatEventId } from "../event/wire-format.ts";
import { formatRedisEntry } from "./redis-entry.ts";
import { RedisReader } from "./redis-reader.ts";

type Entry = readonly [id: string, fields: readonly string[]];

/** A Redis whose stream starts with a fence, and gives more when the test says so. */
class HeldRedis {
  readonly status = "ready";
  #deliver: (entries: readonly Entry[]) => void = () => {};

  get redis(): Redis {
    return this as unknown as Redis; // a reader uses only these methods
  }

  info = async () => "run_id:one\r\n";
  eval = async () => "fenced";
  time = async () => ["5", "0"];
  zrange = async () => [];
  xrange = async (_key: string, id: string) => [[id, []]];
  xrevrange = async () => [["5-0", formatRedisEntry({ publisher: "", count: 0, message: null })]];
  xread = () =>
    new Promise((resolve) => {
      this.#deliver = (entries) => resolve([["events", entries]]);
    });

  /** What others have written, numbered by their process. */
  async write(...numbers: readonly number[]): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const message = { kind: "broadcast", topics: null, except: null, text: "data: x\n\n" } as const;
    this.#deliver(numbers.map((n) => [`5-${n}`, formatRedisEntry({ publisher: "other", count: n, message })]));
  }
}

async function start() {
  const held = new HeldRedis();
  const received: string[] = [];
  const warnings: unknown[] = [];
  const log = { ...silentLogger, warn: (facts: object) => void warnings.push(facts) };
  const receiver = {
    onMessage: (id: { epoch: number; sequence: number }) => void received.push(formatEventId(id)),
    onReset: (id: { epoch: number; sequence: number }) => void received.push(`reset ${formatEventId(id)}`),
  };
  const limits = { key: "events", loadEntries: 100, maxEntries: 1000 };
  const reader = new RedisReader({ ...limits, redis: held.redis, receiver, log, onChange() {} });
  await reader.start();
  const stop = async () => {
    reader.stop();
    await held.write();
  };
  return { held, reader, received, warnings, stop };
}

describe("RedisReader.reached", () => {
  it("is true once the entry or a later one has come, and false for one that doesn't come in time", async () => {
    const { held, reader, received, stop } = await start();
    const waiting = [1, 2, 3].map((sequence) => reader.reached({ epoch: 5, sequence }, 500));

    await held.write(1, 2);

    expect(await Promise.all(waiting)).toEqual([true, true, false]);
    expect(received).toEqual(["reset 5-0", "5-1", "5-2"]);
    await stop();
  });
});

describe("a RedisReader that starts", () => {
  it("begins with what the stream has, and takes nothing before it for lost", async () => {
    const { received, warnings, stop } = await start();

    expect([received, warnings]).toEqual([["reset 5-0"], []]);
    await stop();
  });
});

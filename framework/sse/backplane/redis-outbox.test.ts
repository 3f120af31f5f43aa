import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../base/index.ts";
import type { Redis } from "../../redis/index.ts";
import type { BackplaneMessage } from "./backplane.ts";
import { parseRedisEntry } from "./redis-entry.ts";
import { type OutboxOptions, RedisOutbox } from "./redis-outbox.ts";

const messageOf = (text: string): BackplaneMessage => ({ kind: "broadcast", topics: null, except: null, text });

class ReplyError extends Error {
  override readonly name = "ReplyError";
}

/** A Redis that answers when the test says so. */
class HeldRedis {
  readonly sent: { readonly options: unknown[]; readonly text: string; readonly count: number }[] = [];
  readonly answers: { resolve(id: string): void; reject(error: Error): void }[] = [];
  disconnects: unknown[] = [];

  get redis(): Redis {
    return this as unknown as Redis; // an outbox uses only these two methods
  }

  xadd(...args: (string | number)[]): Promise<string> {
    const { message, count } = parseRedisEntry(args.slice(5).map(String));
    const text = message?.kind === "broadcast" ? message.text : "fence";
    this.sent.push({ options: args.slice(0, 5), text, count });
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
  }

  disconnect(isReconnecting: boolean): void {
    this.disconnects.push(isReconnecting);
  }

  get texts(): string[] {
    return this.sent.map(({ text }) => text);
  }
}

function prepare(options: Partial<OutboxOptions> = {}) {
  const errors: unknown[] = [];
  const log = { ...silentLogger, error: (facts: object) => void errors.push(facts) };
  const limits = { key: "events", maxEntries: 20_000, keepReplacedMs: 60_000, maxWaiting: 3, maxWaitingBytes: 1e6 };
  const outbox = new RedisOutbox({ ...limits, answerMs: 500, log, ...options });
  return { outbox, held: new HeldRedis(), errors };
}

/** What a promise is by now. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  let state: unknown = "pending";
  promise.then(
    (value) => {
      state = value;
    },
    (error: unknown) => {
      state = error;
    },
  );
  await vi.advanceTimersByTimeAsync(0);
  return state;
}

describe("RedisOutbox", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("sends at once, numbered, and answers with the id that Redis gave", async () => {
    const { outbox, held } = prepare();
    outbox.connect(held.redis);

    const [first, second] = [outbox.add(messageOf("1")), outbox.add(messageOf("2"))];
    const before = [await stateOf(first), outbox.waiting.messages];
    held.answers[0]?.resolve("5-0");
    held.answers[1]?.resolve("5-1");

    expect(before).toEqual(["pending", 2]);
    expect([await first, await second, outbox.waiting]).toEqual(["5-0", "5-1", { messages: 0, bytes: 0 }]);
    expect(held.sent).toEqual([
      { options: ["events", "MAXLEN", "~", 20_000, "*"], text: "1", count: 1 },
      { options: ["events", "MAXLEN", "~", 20_000, "*"], text: "2", count: 2 },
    ]);
  });

  it("keeps what is added before there is a connection, and sends it in order", () => {
    const { outbox, held } = prepare();
    void outbox.add(messageOf("1"));
    void outbox.add(messageOf("2"));

    outbox.connect(held.redis);
    void outbox.add(messageOf("3"));

    expect(held.texts).toEqual(["1", "2", "3"]);
  });

  it("answers with an empty id after half a second, those that came first before the others", async () => {
    const { outbox, held } = prepare();
    outbox.connect(held.redis);
    const first = outbox.add(messageOf("1"));
    await vi.advanceTimersByTimeAsync(300);
    const second = outbox.add(messageOf("2"));

    await vi.advanceTimersByTimeAsync(199);
    const early = await stateOf(first);
    await vi.advanceTimersByTimeAsync(1);
    const between = [await stateOf(first), await stateOf(second)];
    await vi.advanceTimersByTimeAsync(300);

    expect([early, between, await stateOf(second)]).toEqual(["pending", ["", "pending"], ""]);
    expect(outbox.waiting.messages).toBe(2);
  });

  it("answers at once while Redis is away, and sends everything again when it is back", async () => {
    const { outbox, held } = prepare();
    outbox.connect(held.redis);
    const sent = outbox.add(messageOf("1"));

    outbox.disconnect();
    const added = outbox.add(messageOf("2"));
    const answers = [await sent, await added];
    const again = new HeldRedis();
    outbox.connect(again.redis);
    const later = outbox.add(messageOf("3"));

    expect([answers, again.texts, await stateOf(later)]).toEqual([["", ""], ["1", "2", "3"], "pending"]);
    expect(again.sent.map(({ count }) => count)).toEqual([1, 2, 3]);
  });

  it("waits for the first connection as for a slow one", async () => {
    const { outbox } = prepare();
    outbox.disconnect();

    const added = outbox.add(messageOf("1"));

    expect(await stateOf(added)).toBe("pending");
    await vi.advanceTimersByTimeAsync(500);
    expect(await added).toBe("");
  });

  it("refuses more messages than may wait, and later says that some are missing", async () => {
    const { outbox, held } = prepare();
    outbox.connect(held.redis);
    for (const text of ["1", "2", "3"]) void outbox.add(messageOf(text));

    await expect(outbox.add(messageOf("4"))).rejects.toMatchObject({ code: "SSE_BACKPLANE_FULL" });
    await vi.advanceTimersByTimeAsync(1_000);
    const whileFull = [...held.texts];
    for (const { resolve } of held.answers) resolve("5-0");
    await vi.advanceTimersByTimeAsync(1_000);

    expect(whileFull).toEqual(["1", "2", "3"]);
    expect(held.sent.at(-1)).toMatchObject({ text: "fence", count: 5 });
  });

  it("says so only when nothing waits anymore, which would come after it", async () => {
    const { outbox, held } = prepare({ maxWaiting: 1 });
    outbox.connect(held.redis);
    void outbox.add(messageOf("1"));
    outbox.add(messageOf("2")).catch(() => undefined);

    await vi.advanceTimersByTimeAsync(1_000);
    const whileOneWaits = [...held.texts];
    held.answers[0]?.resolve("5-0");
    await vi.advanceTimersByTimeAsync(1_000);

    expect([whileOneWaits, held.texts]).toEqual([["1"], ["1", "fence"]]);
  });

  it("counts two bytes a character and 500 a message, and accepts a single one however large it is", async () => {
    const { outbox } = prepare({ maxWaitingBytes: 2_000 });
    const large = outbox.add(messageOf("x".repeat(5_000)));
    large.catch(() => undefined);
    const { bytes } = outbox.waiting;

    await expect(outbox.add(messageOf("2"))).rejects.toMatchObject({ code: "SSE_BACKPLANE_FULL" });

    // Besides the text: three names, the publisher with 12 characters, and the number.
    expect(bytes).toBe(500 + 2 * (5_000 + 3 + 12 + 1));
  });

  it("accepts messages up to exactly the bytes that may wait", async () => {
    const size = 500 + 2 * (1 + 3 + 12 + 1);
    const { outbox } = prepare({ maxWaitingBytes: 2 * size });

    void outbox.add(messageOf("1"));
    void outbox.add(messageOf("2"));

    expect(outbox.waiting).toEqual({ messages: 2, bytes: 2 * size });
    await expect(outbox.add(messageOf("3"))).rejects.toMatchObject({ code: "SSE_BACKPLANE_FULL" });
  });

  it("rejects what Redis refuses, and says that it is missing", async () => {
    const { outbox, held, errors } = prepare();
    outbox.connect(held.redis);
    const refused = outbox.add(messageOf("1"));
    const outcome = expect(refused).rejects.toMatchObject({ code: "SSE_BACKPLANE_REFUSED", status: 503 });

    held.answers[0]?.reject(new ReplyError("OOM command not allowed"));
    await outcome;
    await vi.advanceTimersByTimeAsync(1_000);

    expect([held.texts, errors]).toEqual([["1", "fence"], []]);
    expect(outbox.waiting.messages).toBe(1);
  });

  it("says it again when that is refused too", async () => {
    const { outbox, held } = prepare();
    outbox.connect(held.redis);
    outbox.add(messageOf("1")).catch(() => undefined);

    for (const answer of [0, 1]) {
      held.answers[answer]?.reject(new ReplyError("OOM command not allowed"));
      await vi.advanceTimersByTimeAsync(1_000);
    }

    expect(held.sent.map(({ text, count }) => [text, count])).toEqual([
      ["1", 1],
      ["fence", 2],
      ["fence", 3],
    ]);
  });

  it("logs what is refused after its caller had an answer", async () => {
    const { outbox, held, errors } = prepare();
    outbox.connect(held.redis);
    void outbox.add(messageOf("1"));
    await vi.advanceTimersByTimeAsync(500);

    held.answers[0]?.reject(new ReplyError("OOM command not allowed"));
    await vi.advanceTimersByTimeAsync(0);

    expect(errors).toMatchObject([{ err: { code: "SSE_BACKPLANE_REFUSED" } }]);
  });

  it("keeps what failed with the connection, and connects again when the server has become a replica", async () => {
    const { outbox, held } = prepare();
    outbox.connect(held.redis);
    const [lost, readOnly] = [outbox.add(messageOf("1")), outbox.add(messageOf("2"))];

    held.answers[0]?.reject(new Error("Connection is closed."));
    held.answers[1]?.reject(new ReplyError("READONLY You can't write against a read only replica."));
    await vi.advanceTimersByTimeAsync(0);

    expect([await stateOf(lost), await stateOf(readOnly), held.disconnects]).toEqual(["pending", "pending", [true]]);
    expect(outbox.waiting.messages).toBe(2);
  });

  it("ignores what an earlier connection says too late", async () => {
    const { outbox, held } = prepare();
    outbox.connect(held.redis);
    void outbox.add(messageOf("1"));
    outbox.disconnect();
    outbox.connect(new HeldRedis().redis);

    held.answers[0]?.reject(new ReplyError("OOM"));
    await vi.advanceTimersByTimeAsync(0);

    expect(outbox.waiting.messages).toBe(1);
  });

  it("waits at the end until everything is confirmed", async () => {
    const { outbox, held, errors } = prepare();
    outbox.connect(held.redis);
    void outbox.add(messageOf("1"));

    const closing = outbox.close(60_000);
    const before = await stateOf(closing);
    held.answers[0]?.resolve("5-0");
    await closing;

    expect([before, errors, vi.getTimerCount()]).toEqual(["pending", [], 0]);
  });

  it("doesn't wait for long, and says what was lost", async () => {
    const { outbox, held, errors } = prepare();
    outbox.connect(held.redis);
    const lost = outbox.add(messageOf("1"));
    const outcome = expect(lost).rejects.toMatchObject({ code: "SSE_BROKER_CLOSED" });
    const { bytes } = outbox.waiting;

    const closing = outbox.close(400);
    await vi.advanceTimersByTimeAsync(400);
    await Promise.all([closing, outcome]);

    expect([errors, outbox.waiting, vi.getTimerCount()]).toEqual([
      [{ messages: 1, bytes }],
      { messages: 0, bytes: 0 },
      0,
    ]);
  });

  it("doesn't wait at all without a connection or a message", async () => {
    const [empty, away] = [prepare(), prepare()];
    empty.outbox.connect(empty.held.redis);
    away.outbox.add(messageOf("1")).catch(() => undefined);

    await Promise.all([empty.outbox.close(60_000), away.outbox.close(60_000)]);

    expect([empty.errors.length, away.errors.length]).toEqual([0, 1]);
  });
});

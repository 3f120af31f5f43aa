import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SSEWriter } from "./sse-writer.ts";
import { type StartOptions, startSSE } from "./start-sse.ts";

/** A writer on a stream that is read with the returned reader, if at all. */
async function open(options: StartOptions = {}) {
  const started: SSEWriter[] = [];
  const app = new Hono().get("/stream", (c) => {
    const writer = startSSE(c, options);
    started.push(writer);
    return writer.response;
  });
  const { body } = await app.request("/stream");
  const [writer] = started;
  if (writer === undefined || body === null) throw new Error("no stream");
  return { writer, reader: body.pipeThrough(new TextDecoderStream()).getReader() };
}

describe("SSEWriter", () => {
  it("accepts as many bytes as may wait for a slow client, and not one more", async () => {
    const { writer } = await open({ maxQueuedBytes: 200_000 });
    // Three bytes, so that the rest fits exactly.
    const comment = (bytes: number) => writer.comment("x".repeat(bytes - 4));

    while (writer.comment("x".repeat(10_000 - 4)) !== "queued");
    const left = 200_000 - writer.queuedBytes;
    const outcomes = [comment(left + 1), comment(left), comment(5)];

    expect([outcomes, writer.queuedBytes]).toEqual([["full", "queued", "full"], 200_000]);
  });

  it("sends null for a value that JSON has no text for, and nothing for an event without fields", async () => {
    const { writer, reader } = await open();

    const outcomes = [writer.sendJson("n", undefined), writer.sendEvent({})];

    expect(outcomes).toEqual(["sent", "sent"]);
    expect((await reader.read()).value).toBe("event: n\ndata: null\n\n");
    expect(writer.eventCount).toBe(2);
  });

  it("has nothing to wait for while its client reads", async () => {
    const { writer } = await open();
    writer.sendEvent({ data: "x" });

    await writer.drained();

    expect(writer.isActive).toBe(true);
  });
});

describe("a quiet stream", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  it("gets a comment every 25 seconds until it ends, so that proxies keep it", async () => {
    const { writer, reader } = await open();

    vi.advanceTimersByTime(24_999);
    writer.sendEvent({ data: "x" });
    vi.advanceTimersByTime(1);
    const texts = [(await reader.read()).value, (await reader.read()).value];
    writer.close();

    expect(texts).toEqual(["data: x\n\n", ":\n\n"]);
    expect([(await reader.read()).done, vi.getTimerCount()]).toEqual([true, 0]);
  });

  it("gets none if its handler doesn't want them", async () => {
    await open({ keepAliveMs: 0 });

    expect(vi.getTimerCount()).toBe(0);
  });
});

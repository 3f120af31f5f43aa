import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { limitUnreadResponses, type UnreadResponseOptions } from "./limit-unread-responses.ts";

/** A response of Node whose client reads nothing. */
function createUnread(waitingBytes = 10) {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const seen = { reads: 0, isDestroyed: false };
  const readWaiting = () => {
    seen.reads += 1;
    return waitingBytes;
  };
  Object.defineProperty(response, "writableLength", { get: readWaiting });
  const destroy = () => {
    seen.isDestroyed = true;
  };
  Object.defineProperty(response, "socket", { value: { destroyed: false, destroy } });
  return { response, seen };
}

function createApp(options?: UnreadResponseOptions, address?: string) {
  const app = new Hono().use(async (c, next) => {
    if (address !== undefined) c.set("clientAddress", address);
    await next();
  });
  app.use(limitUnreadResponses(options));
  app.get("/", (c) => c.text("ok"));
  app.get("/stream", (c) => c.body("", 200, { "Content-Type": "text/event-stream; charset=utf-8" }));
  app.get("/sent", (c) => c.body("", 200, { "x-hono-already-sent": "true" }));
  return async (outgoing: unknown, path = "/") => (await app.request(path, {}, { outgoing })).status;
}

describe("limitUnreadResponses", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("closes a connection after 30 seconds without reading, and checks every two", async () => {
    const { response, seen } = createUnread();
    await createApp()(response);

    vi.advanceTimersByTime(29_999);
    const before = { ...seen };
    vi.advanceTimersByTime(1);

    expect([before.isDestroyed, seen.isDestroyed]).toEqual([false, true]);
    expect(before.reads).toBeLessThan(100);
  });

  it("stops checking once all responses are done", async () => {
    const [first, second] = [createUnread().response, createUnread().response];
    const request = createApp();
    await request(first);
    await request(second);
    const counts = [vi.getTimerCount()];

    first.emit("close");
    counts.push(vi.getTimerCount());
    second.emit("close");
    counts.push(vi.getTimerCount());
    await request(createUnread().response);

    expect([...counts, vi.getTimerCount()]).toEqual([1, 1, 0, 1]);
  });

  it("closes what is too much for an address, which is 64 MiB by default", async () => {
    const half = 32 * 1024 * 1024;
    const kept = [createUnread(half), createUnread(half)];
    const request = createApp({}, "192.0.2.1");
    for (const { response } of kept) await request(response);
    for (const { response } of kept) response.emit("prefinish");
    const before = kept.map(({ seen }) => seen.isDestroyed);
    const more = createUnread(1);

    await request(more.response);
    more.response.emit("prefinish");

    expect([before, [...kept, more].map(({ seen }) => seen.isDestroyed)]).toEqual([
      [false, false],
      [true, false, false],
    ]);
  });

  it.each(["unknown", undefined])("has no bound for the address %j, which nobody knows", async (address) => {
    const { response, seen } = createUnread(10);
    await createApp({ maxBytesPerAddress: 1 }, address)(response);

    response.emit("prefinish");

    expect(seen.isDestroyed).toBe(false);
  });

  it.each(["/stream", "/sent"])("leaves %s alone, which has limits of its own", async (path) => {
    await createApp()(createUnread().response, path);

    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([undefined, null, {}, "x"])("does nothing outside of Node's server: %j", async (outgoing) => {
    expect(await createApp()(outgoing)).toBe(200);
    expect(vi.getTimerCount()).toBe(0);
  });
});

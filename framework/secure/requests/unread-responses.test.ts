import type { ServerResponse } from "node:http";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { openSocket, serveForTest, type TestServer } from "../../test-support/test-server.ts";
import { readClientAddress } from "./client-address.ts";
import { limitUnreadResponses } from "./limit-unread-responses.ts";
import { UnreadResponses } from "./unread-responses.ts";

function createResponse(writableLength: number) {
  const socket = {
    destroyed: false,
    _handle: { writeQueueSize: 0 },
    destroy: () => {
      socket.destroyed = true;
    },
  };
  return { writableLength, socket };
}

function createUnread() {
  const time = { now: 0 };
  const closed: object[] = [];
  const onClose = (reason: string, facts: object) => void closed.push({ reason, ...facts });
  return {
    time,
    closed,
    unread: new UnreadResponses({ maxBytesPerAddress: 100, timeoutMs: 30, now: () => time.now, onClose }),
  };
}

describe("UnreadResponses", () => {
  it("closes a connection whose client has read nothing for too long, and not one that reads a little", () => {
    const { time, closed, unread } = createUnread();
    const [stalled, slow, slowInside, done] = [10, 10, 10, 0].map(createResponse);
    const all = [stalled, slow, slowInside, done].filter((one) => one !== undefined);
    for (const response of all) unread.watch(response, "a");

    for (time.now = 10; time.now <= 40; time.now += 10) {
      if (slow) slow.writableLength--;
      if (slowInside) slowInside.socket._handle.writeQueueSize++;
      unread.closeStalled();
    }

    expect(all.map(({ socket }) => socket.destroyed)).toEqual([true, false, false, false]);
    expect(closed).toEqual([{ reason: "nothing was read", address: "a", bytes: 10 }]);
  });

  it("closes what has waited the longest when too much waits for one address", () => {
    const { time, unread } = createUnread();
    const [first, second, third, other] = [60, 60, 30, 200].map(createResponse);
    for (const [response, address] of [
      [first, "a"],
      [second, "a"],
      [third, "a"],
      [other, "b"],
    ] as const) {
      if (response) unread.watch(response, address);
      time.now++;
    }

    unread.closeExcess("a");

    expect([first, second, third, other].map((one) => one?.socket.destroyed)).toEqual([true, false, false, false]);
  });
});

describe("the bound of UnreadResponses", () => {
  it("may be reached, and closes as few as possible, the oldest first", () => {
    const { time, unread } = createUnread();
    const responses = [40, 40, 20, 30].map(createResponse);
    for (const response of responses) {
      unread.watch(response, "a");
      time.now++;
    }
    const destroyed = () => responses.map(({ socket }) => socket.destroyed);

    unread.closeExcess("a");
    const first = destroyed();
    unread.closeExcess("a");

    expect([first, destroyed()]).toEqual([
      [true, false, false, false],
      [true, false, false, false],
    ]);
  });

  it("counts nothing that was forgotten, and nobody without an address", () => {
    const { unread } = createUnread();
    const responses = [200, 200].map(createResponse);
    const [gone, unknown] = responses;
    if (!gone || !unknown) return;
    unread.watch(gone, "a");
    unread.watch(unknown, undefined);
    const before = unread.size;

    unread.forget(gone);
    unread.closeExcess("a");
    unread.closeExcess(undefined);

    expect([before, unread.size]).toEqual([2, 1]);
    expect(responses.map(({ socket }) => socket.destroyed)).toEqual([false, false]);
  });

  it("leaves a response alone that has no socket", () => {
    const { time, unread } = createUnread();
    unread.watch({ writableLength: 200, socket: null }, "a");
    time.now = 100;

    expect(() => {
      unread.closeStalled();
      unread.closeExcess("a");
    }).not.toThrow();
  });

  it("starts the time again whenever something was read", () => {
    const { time, unread } = createUnread();
    const response = createResponse(10);
    unread.watch(response, "a");
    const states: boolean[] = [];
    const checkAt = (now: number) => {
      time.now = now;
      unread.closeStalled();
      states.push(response.socket.destroyed);
    };

    checkAt(29);
    response.writableLength = 9;
    checkAt(40);
    checkAt(69);
    checkAt(70);

    expect(states).toEqual([false, false, false, true]);
  });
});

const page = new Uint8Array(20_000_000);

describe("limitUnreadResponses", () => {
  let server: TestServer;

  afterEach(() => server.stop());

  async function serve(options: Parameters<typeof limitUnreadResponses>[0]) {
    const responses: ServerResponse[] = [];
    const app = new Hono<{ Bindings: { outgoing: ServerResponse } }>();
    app.use(readClientAddress(), limitUnreadResponses(options));
    app.get("/", (c) => {
      responses.push(c.env.outgoing);
      return c.body(page);
    });
    server = await serveForTest(new Hono().mount("/", (request, env) => app.fetch(request, env)));
    return responses;
  }

  async function request(): Promise<void> {
    const socket = await openSocket(server.port, "/");
    socket.on("error", () => {});
    socket.pause();
  }

  it("closes the connection of a client that doesn't read", async () => {
    const responses = await serve({ timeoutMs: 300, checkMs: 50 });

    await request();

    await expect.poll(() => responses[0]?.destroyed, { timeout: 20_000 }).toBe(true);
  });

  it("keeps no more waiting for one address than its bound", async () => {
    const responses = await serve({ maxBytesPerAddress: 30_000_000, timeoutMs: 600_000 });

    await request();
    await expect.poll(() => responses[0]?.writableLength, { timeout: 20_000 }).toBeGreaterThan(5_000_000);
    await request();

    await expect.poll(() => responses[0]?.destroyed, { timeout: 20_000 }).toBe(true);
    expect(responses[1]?.destroyed).toBe(false);
  });

  it("sends large responses to clients that read", async () => {
    await serve({ maxBytesPerAddress: 30_000_000, timeoutMs: 60_000, checkMs: 50 });

    expect((await (await fetch(server.url)).arrayBuffer()).byteLength).toBe(page.length);
  });
});

import { once } from "node:events";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { openSocket, serveForTest, type TestServer } from "../../test-support/test-server.ts";
import { openStream } from "../../test-support/test-stream.ts";
import { type Broker, createBroker } from "../broker.ts";
import type { BrokerOptions } from "../broker-options.ts";
import { everybody } from "../everybody.ts";

const open: { broker: Broker; server: TestServer }[] = [];

async function start(options: BrokerOptions = {}) {
  const broker = createBroker(options);
  const server = await serveForTest(new Hono().get("/events", broker.handler));
  open.push({ broker, server });
  return { broker, url: `${server.url}/events`, port: server.port };
}

afterEach(async () => {
  for (const { broker, server } of open.splice(0)) {
    await broker.close();
    await server.stop();
  }
});

const nobody: BrokerOptions = { identify: () => null };

describe("authorizeStream", () => {
  it.each(["cross-site", "same-site"])("refuses requests from other sites: %s", async (site) => {
    const { broker, url } = await start();

    const answer = await fetch(url, { headers: { "Sec-Fetch-Site": site } });

    expect([answer.status, broker.clientCount, broker.stats().refused]).toEqual([403, 0, 1]);
  });

  it("responds to HEAD like GET, without opening a stream", async () => {
    const { broker, url } = await start();

    const answer = await fetch(url, { method: "HEAD" });

    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
    expect(broker.stats().opened).toBe(0);
  });

  it("sends a page without a session to the login page, and back afterwards", async () => {
    const { url } = await start(nobody);

    const answer = await fetch(url, { headers: { "HX-Current-URL": "http://x/board?a=1" } });

    expect([answer.status, answer.headers.get("hx-redirect")]).toEqual([401, "/login?next=%2Fboard%3Fa%3D1"]);
  });

  it.each(["http://x//evil.example", "javascript:alert(1)", "nonsense"])(
    "never redirects to another site: %s",
    async (page) => {
      const { url } = await start(nobody);

      const answer = await fetch(url, { headers: { "HX-Current-URL": page } });

      expect(answer.headers.get("hx-redirect")).not.toMatch(/evil|alert|nonsense/);
    },
  );

  it("tells a reconnecting client whose session has ended to stop", async () => {
    const { url } = await start({ ...nobody, headers: () => ({ "X-Frame-Options": "DENY" }) });

    const answer = await fetch(url, { headers: { "Last-Event-ID": "1-1", "HX-Request": "true" } });

    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("x-frame-options")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
      "DENY",
    ]);
    expect(await answer.text()).toBe('event: bk:close\ndata: {"reason":"expired","path":"/login"}\n\n');
  });

  it.each([
    ["whose session has ended", nobody],
    ["that may no longer listen to its topic", { authorizeTopic: () => false }],
  ])("stops a standard EventSource %s, which reconnects after everything but 204", async (_who, options) => {
    const { url } = await start(options);

    const answer = await fetch(`${url}?topic=room`, { headers: { "Last-Event-ID": "1-1" } });

    expect([answer.status, await answer.text()]).toEqual([204, ""]);
  });

  it("refuses every topic unless the app grants it", async () => {
    const { url } = await start();

    expect((await fetch(`${url}?topic=room`)).status).toBe(403);
  });

  it("refuses a topic when authorizeTopic throws", async () => {
    const { url } = await start({
      authorizeTopic: () => {
        throw new Error("database away");
      },
    });

    expect((await fetch(`${url}?topic=room`)).status).toBe(403);
  });

  it.each(["user:ada", "session:s1", "connection:c1"])("refuses a reserved topic: %s", async (topic) => {
    const { url } = await start({ authorizeTopic: () => true });

    expect((await fetch(`${url}?topic=${topic}`)).status).toBe(403);
  });

  it.each(["a%00b", "a%0Ab", "", "x".repeat(256)])("refuses a malformed topic: %s", async (topic) => {
    const { url } = await start({ authorizeTopic: () => true });

    expect((await fetch(`${url}?topic=${topic}`)).status).toBe(400);
  });

  it("tells a reconnecting client to stop when it may no longer listen to its topic", async () => {
    const { url } = await start({ authorizeTopic: () => false });

    const headers = { "Last-Event-ID": "1-1", "HX-Request": "true" };
    const answer = await fetch(`${url}?topic=room`, { headers });

    expect(await answer.text()).toBe('event: bk:close\ndata: {"reason":"forbidden"}\n\n');
  });

  it("sends the app's security headers", async () => {
    const { url } = await start({
      headers: () => ({ "X-Content-Type-Options": "nosniff", "content-type": "text/html" }),
    });

    const stream = await openStream(url);

    expect(stream.response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(stream.response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  });
});

describe("limits", () => {
  it.each([
    ["in total", { connections: 2 }, 503],
    ["per user", { connectionsPerUser: 2 }, 429],
    ["per address", { connectionsPerAddress: 2 }, 429],
  ])(
    "refuses streams beyond the limit %s, says when to retry, and keeps the others open",
    async (_what, limits, status) => {
      const { broker, url } = await start({
        limits,
        identify: () => ({ userId: "ada" }),
        clientAddress: () => "10.0.0.1",
      });
      const streams = [await openStream(url), await openStream(url)];
      await Promise.all(streams.map((stream) => stream.event("bk:hello")));

      const refused = await fetch(url);
      await broker.broadcast("n", 1, { to: everybody });
      await Promise.all(streams.map((stream) => stream.event("n")));
      await streams[0]?.leave();
      await expect.poll(() => broker.clientCount).toBe(1);
      const again = await openStream(url);

      expect([refused.status, refused.headers.get("retry-after")]).toEqual([status, "5"]);
      expect((await again.event("bk:hello")).event).toBe("bk:hello");
    },
  );

  it("refuses a stream with too many topics", async () => {
    const { url } = await start({ authorizeTopic: () => true, limits: { topics: 2 } });

    expect((await fetch(`${url}?topic=a&topic=b&topic=c`)).status).toBe(429);
  });

  it("frees every stream, whether clients disconnect cleanly, abruptly or immediately", async () => {
    const { broker, port } = await start();

    for (let n = 0; n < 60; n += 1) {
      const socket = await openSocket(port, "/events");
      if (n % 3 !== 0) await once(socket, "data");
      if (n % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    }

    await expect.poll(() => broker.clientCount).toBe(0);
    expect(broker.stats()).toMatchObject({ connections: 0, lagging: 0, topics: 0 });
  });
});

describe("ending streams", () => {
  const options: BrokerOptions = {
    identify: (c) => ({ userId: c.req.header("x-user"), sessionId: c.req.header("x-session") }),
    authorizeTopic: () => true,
  };

  it("disconnects a user, a session or one connection, and nobody else", async () => {
    const { broker, url } = await start(options);
    const streams = await Promise.all(
      [
        { "x-user": "ada", "x-session": "1" },
        { "x-user": "ada", "x-session": "2" },
        { "x-user": "bob", "x-session": "3" },
        { "x-user": "eve", "x-session": "4" },
      ].map((headers) => openStream(url, headers as Record<string, string>)),
    );
    const hellos = await Promise.all(streams.map((stream) => stream.event("bk:hello")));
    const { connectionId }: { connectionId: string } = JSON.parse(hellos[2]?.data ?? "");

    await broker.disconnect({ session: "1" });
    await broker.disconnect({ connection: connectionId }, "kicked");
    await Promise.all([streams[0]?.ended(), streams[2]?.ended()]);
    const left = broker.clientCount;
    await broker.disconnect({ user: "ada" });
    await streams[1]?.ended();

    expect([left, broker.clientCount, streams[2]?.data("bk:close")]).toEqual([
      2,
      1,
      ['{"reason":"kicked","path":"/login"}'],
    ]);
  });

  it("refuses a stream whose session ends while it is being authorized", async () => {
    let arrived = () => {};
    let goOn = () => {};
    const isAsked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { broker, url } = await start({
      identify: async () => {
        arrived();
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        return { sessionId: "s1" };
      },
    });

    const answer = fetch(url);
    await isAsked;
    await broker.disconnect({ session: "s1" });
    goOn();

    expect(await (await answer).text()).toBe('event: bk:close\ndata: {"reason":"session-ended","path":"/login"}\n\n');
  });

  it("makes the listeners of a topic reconnect to be authorized again", async () => {
    const { broker, url } = await start(options);
    const inRoom = await openStream(`${url}?topic=room`);
    const outside = await openStream(url);
    await Promise.all([inRoom.event("bk:hello"), outside.event("bk:hello")]);

    await broker.reauthorize({ topic: "room" });
    await inRoom.ended();

    expect([broker.clientCount, inRoom.data("bk:close")]).toEqual([1, []]);
  });
});

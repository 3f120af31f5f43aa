import { Hono } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../base/index.ts";
import { Partial } from "../html/index.ts";
import { serveForTest, type TestServer } from "../test-support/test-server.ts";
import { openStream, type TestStream } from "../test-support/test-stream.ts";
import type { BroadcastOptions } from "./broadcast-message.ts";
import { type Broker, createBroker } from "./broker.ts";
import type { BrokerOptions } from "./broker-options.ts";
import { everybody } from "./everybody.ts";

const open: { broker: Broker; server: TestServer }[] = [];

async function start(options: BrokerOptions = {}): Promise<{ broker: Broker; url: string; app: Hono }> {
  const broker = createBroker(options);
  const app = new Hono().get("/events", broker.handler);
  const server = await serveForTest(app);
  open.push({ broker, server });
  return { broker, url: `${server.url}/events`, app };
}

afterEach(async () => {
  for (const { broker, server } of open.splice(0)) {
    await broker.close();
    await server.stop();
  }
});

/** An open stream that has received `bk:hello`, and its connection id. */
async function listen(
  url: string,
  headers: Record<string, string> = {},
): Promise<TestStream & { connectionId: string }> {
  const stream = await openStream(url, headers);
  const hello = await stream.event("bk:hello");
  const data: { connectionId: string } = JSON.parse(hello.data);
  return Object.assign(stream, { connectionId: data.connectionId });
}

const asUser: BrokerOptions = {
  identify: (c) => {
    const [userId, sessionId] = (c.req.header("x-user") ?? "").split("/");
    return userId ? { userId, sessionId } : null;
  },
};

describe("a broker", () => {
  it("is ready once created, and counts its clients", async () => {
    const { broker, url } = await start();
    await broker.ready;

    const stream = await listen(url);
    const during = broker.clientCount;
    await stream.leave();
    await expect.poll(() => broker.clientCount).toBe(0);

    expect(during).toBe(1);
  });

  it("broadcasts an event with its type and data to everyone", async () => {
    const { broker, url } = await start();
    const streams = [await listen(url), await listen(url)];

    const id = await broker.broadcast("user-update", "Hello World", { to: everybody });

    const events = await Promise.all(streams.map((stream) => stream.event("user-update")));
    expect(events).toEqual(Array(2).fill({ id, event: "user-update", data: "Hello World" }));
  });

  it("sends data other than strings as JSON", async () => {
    const { broker, url } = await start();
    const stream = await listen(url);

    await broker.broadcast("price", { cents: 5 }, { to: everybody });

    expect((await stream.event("price")).data).toBe('{"cents":5}');
  });

  it("sends a fragment as an unnamed message, escaped and wrapped for its target", async () => {
    const { broker, url } = await start();
    const stream = await listen(url);

    await broker.broadcastHTML(<li>{"<b>"}</li>, { to: everybody, target: "#list", swap: "beforeend" });

    await stream.until(({ events }) => events.length === 2);
    expect(stream.events[1]).toMatchObject({
      event: undefined,
      data: '<hx-partial hx-target="#list" hx-swap="beforeend"><li>&lt;b&gt;</li></hx-partial>',
    });
  });

  it("sends several partials in one message, including asynchronous ones", async () => {
    const { broker, url } = await start();
    const stream = await listen(url);
    const Later = async () => <i>later</i>;

    await broker.broadcastHTML(
      <>
        <Partial target="#a">
          <Later />
        </Partial>
        <Partial target="#b">2</Partial>
      </>,
      { to: everybody },
    );

    await stream.until(({ events }) => events.length === 2);
    expect(stream.events[1]?.data).toMatch(/#a.*<i>later<\/i>.*#b/);
  });

  it("logs an address that it had to replace", async () => {
    const lines: object[] = [];
    const { broker } = await start({ log: { ...silentLogger, warn: (facts) => void lines.push(facts) } });

    await broker.broadcastHTML(<a href="https://site.example">Site</a>, { to: everybody, target: "#link" });
    await broker.broadcastHTML(<a href={"java" + "script:alert(1)"}>Site</a>, { to: everybody, target: "#link" });

    expect(lines).toEqual([{ to: everybody, element: '<a href="about:invalid#unsafe"' }]);
  });

  it("refuses a plain string as a fragment", async () => {
    const { broker } = await start();

    // @ts-expect-error: a plain string is text.
    const refused = broker.broadcastHTML("<b>bold</b>", { to: everybody, target: "#x" });

    await expect(refused).rejects.toMatchObject({ code: "SSE_FRAGMENT_IS_TEXT" });
  });

  it("refuses a broadcast that doesn't say who gets it, and sends it to nobody", async () => {
    const { broker, app } = await start();
    // @ts-expect-error: the types rule it out, but not everyone compiles.
    app.post("/rows", (c) => broker.respondAndBroadcast(c, <li>row</li>));
    app.onError((error, c) => c.text("code" in error ? String(error.code) : "", 500));

    const refused = await Promise.allSettled([
      // @ts-expect-error: without options.
      broker.broadcast("n", 1),
      // @ts-expect-error: options without `to`.
      broker.broadcast("n", 1, {}),
      // @ts-expect-error: a value that may be missing.
      broker.broadcastHTML(<li>row</li>, { to: undefined }),
      // @ts-expect-error: null used to mean everyone inside.
      broker.broadcastHTML(<li>row</li>, { to: null }),
    ]);
    const answer = await app.request("/rows", { method: "POST" });

    expect(refused.map((result) => result.status === "rejected" && result.reason.code)).toEqual(
      Array.from({ length: 4 }, () => "SSE_ADDRESS_MISSING"),
    );
    expect(await answer.text()).toBe("SSE_ADDRESS_MISSING");
    expect(broker.stats().broadcasts).toBe(0);
  });

  it("flushes once for everything broadcast in one turn", async () => {
    const { broker, url } = await start();
    const stream = await listen(url);

    for (let n = 0; n < 64; n += 1) void broker.broadcast("n", n, { to: everybody });
    await stream.until(() => stream.data("n").length === 64);

    expect(broker.stats()).toMatchObject({ flushes: 1, flushSize: 64, deliveries: 64, broadcasts: 64 });
  });

  it("reaches only the given user, session, connection or topic, and each stream once", async () => {
    const { broker, url } = await start({ ...asUser, authorizeTopic: () => true });
    const ada1 = await listen(`${url}?topic=room`, { "x-user": "ada/s1" });
    const ada2 = await listen(url, { "x-user": "ada/s2" });
    const bob = await listen(`${url}?topic=room`, { "x-user": "bob/s3" });

    void broker.broadcast("n", "user", { to: "user:ada" });
    void broker.broadcast("n", "session", { to: "session:s2" });
    void broker.broadcast("n", "connection", { to: `connection:${bob.connectionId}` });
    void broker.broadcast("n", "room", { to: "room" });
    void broker.broadcast("n", "both", { to: ["room", "user:ada"] });
    void broker.broadcast("n", "all but bob", { to: everybody, except: bob.connectionId });
    void broker.broadcast("end", "", { to: everybody });

    await Promise.all([ada1, ada2, bob].map((stream) => stream.event("end")));
    expect(ada1.data("n")).toEqual(["user", "room", "both", "all but bob"]);
    expect(ada2.data("n")).toEqual(["user", "session", "both", "all but bob"]);
    expect(bob.data("n")).toEqual(["connection", "room", "both"]);
  });

  it("handles more audiences in one turn than an integer has bits", async () => {
    const { broker, url } = await start({ authorizeTopic: () => true, limits: { connectionsPerUser: 99 } });
    const topics = Array.from({ length: 70 }, (_, n) => `t${n}`);
    const all = await listen(`${url}?${topics.map((topic) => `topic=${topic}`).join("&")}`);
    const one = await listen(`${url}?topic=t65`);

    for (const topic of topics) void broker.broadcast("n", topic, { to: topic });
    void broker.broadcast("end", "", { to: everybody });

    await Promise.all([all.event("end"), one.event("end")]);
    expect(all.data("n")).toEqual(topics);
    expect(one.data("n")).toEqual(["t65"]);
  });

  it("responds to the request and broadcasts to the others, rendering once", async () => {
    const { broker, url, app } = await start();
    let renderings = 0;
    const Row = () => {
      renderings += 1;
      return <li>row</li>;
    };
    app.post("/rows", (c) =>
      broker.respondAndBroadcast(c, <Row />, { to: everybody, target: "#rows", swap: "beforeend" }),
    );
    const mine = await listen(url);
    const other = await listen(url);

    const answer = await app.request("/rows", { method: "POST", headers: { "x-connection-id": mine.connectionId } });
    await broker.broadcast("end", "", { to: everybody });
    await Promise.all([mine.event("end"), other.event("end")]);

    expect([await answer.text(), renderings]).toEqual(["<li>row</li>", 1]);
    expect([mine, other].map(({ events }) => events.filter(({ event }) => event === undefined).length)).toEqual([0, 1]);
  });

  it("leaves out the page that sent the request, and no page if the request came from none", async () => {
    const { broker, url, app } = await start();
    app.post("/price", async (c) => {
      await broker.broadcast("price", 1, { to: everybody, except: c });
      return c.body(null, 204);
    });
    const mine = await listen(url);
    const other = await listen(url);

    await app.request("/price", { method: "POST", headers: { "x-connection-id": mine.connectionId } });
    await app.request("/price", { method: "POST" });
    await broker.broadcast("end", "", { to: everybody });
    await Promise.all([mine.event("end"), other.event("end")]);

    expect([mine, other].map(({ events }) => events.filter(({ event }) => event === "price").length)).toEqual([1, 2]);
  });

  it("leaves out the page that sent the request while its stream was closed or being renewed", async () => {
    const { broker, url, app } = await start();
    const page = { "x-page-id": "page-of-the-sender" };
    app.post("/price", async (c) => {
      await broker.broadcast("price", 1, { to: everybody, except: c });
      return c.body(null, 204);
    });
    const since = broker.cursor;
    await app.request("/price", { method: "POST", headers: page });
    const mine = await listen(`${url}?since=${since}`, page);
    const other = await listen(`${url}?since=${since}`);
    await app.request("/price", { method: "POST", headers: { ...page, "x-connection-id": "the one before" } });
    await broker.broadcast("end", "", { to: everybody });
    await Promise.all([mine.event("end"), other.event("end")]);

    expect([mine, other].map(({ events }) => events.filter(({ event }) => event === "price").length)).toEqual([0, 2]);
  });

  it("sends what is for one connection to nobody who only claims its id for their page", async () => {
    const { broker, url } = await start();
    const mine = await listen(url);
    const other = await listen(url, { "x-page-id": mine.connectionId });
    await broker.broadcast("secret", 1, { to: `connection:${mine.connectionId}` });
    await broker.broadcast("end", "", { to: everybody });
    await Promise.all([mine.event("end"), other.event("end")]);

    expect([mine, other].map(({ events }) => events.some(({ event }) => event === "secret"))).toEqual([true, false]);
  });

  it("refuses a target that can't be a selector, at once and before anything is sent", async () => {
    const { broker, url } = await start();
    const stream = await listen(url);
    const twoPieces = (
      <>
        <Partial target="#good">fine</Partial>
        <Partial target="#a:b">not fine</Partial>
      </>
    );

    const refusals = await Promise.allSettled([
      broker.broadcastHTML(<b>1</b>, { to: everybody, target: "#1abc" }),
      broker.broadcastHTML(twoPieces, { to: everybody }),
    ]);
    await broker.broadcast("end", "", { to: everybody });
    await stream.event("end");

    const code = "HTML_SELECTOR_IMPOSSIBLE";
    expect(refusals).toMatchObject([{ reason: { code } }, { reason: { code } }]);
    expect(stream.events.filter(({ event }) => event === undefined)).toEqual([]);
  });

  it("tells htmx to put the response where the broadcast goes, so that the page needs no target", async () => {
    const { broker, app } = await start();
    const row = <li>row</li>;
    app.post("/rows", (c) => broker.respondAndBroadcast(c, row, { to: everybody, target: "#rows", swap: "beforeend" }));

    const answer = await app.request("/rows", { method: "POST", headers: { "HX-Request": "true" } });

    expect(await answer.text()).toBe('<hx-partial hx-target="#rows" hx-swap="beforeend"><li>row</li></hx-partial>');
    expect(answer.headers.get("HX-Reswap")).toBe("none");
  });

  it("defers broadcasts made in a transaction until the commit", async () => {
    const held: (() => void | Promise<void>)[] = [];
    let isInTransaction = true;
    const afterCommit = (action: () => void | Promise<void>) => {
      if (isInTransaction) held.push(action);
      else void action();
      return isInTransaction;
    };
    const { broker, url } = await start({ afterCommit });
    const stream = await listen(url);

    const ids = [
      await broker.broadcast("n", 1, { to: everybody }),
      await broker.broadcastHTML(<Partial target="#x">2</Partial>, { to: everybody }),
    ];
    const before = broker.stats().broadcasts;
    isInTransaction = false;
    for (const action of held) void action();
    await broker.broadcast("end", "", { to: everybody });
    await stream.event("end");

    expect([ids, before, broker.stats().broadcasts]).toEqual([["", ""], 0, 3]);
  });

  it("defers ending streams until the commit, because revoked permissions still apply before it", async () => {
    const held: (() => void | Promise<void>)[] = [];
    const { broker, url } = await start({
      afterCommit: (action) => held.push(action) > 0,
      identify: () => ({ userId: "ann" }),
    });
    await listen(url);

    await broker.reauthorize({ user: "ann" });
    await broker.disconnect({ user: "ann" });
    const before = broker.clientCount;
    for (const action of held) await action();

    expect(before).toBe(1);
    await vi.waitFor(() => expect(broker.clientCount).toBe(0));
  });

  it("rejects a custom event id and explains why", async () => {
    const { broker } = await start();
    const options = { id: "42" } as unknown as BroadcastOptions; // as JavaScript would

    const refused = await broker.broadcast("n", 1, options).catch((error: unknown) => error);

    expect(refused).toMatchObject({ code: "SSE_ID_NOT_GIVABLE" });
  });

  it("pings every stream with the cursor", async () => {
    const { broker, url } = await start({ heartbeatMs: 64 });
    const stream = await listen(url);
    const id = await broker.broadcast("n", 1, { to: everybody });

    await stream.until(({ events }) => events.some((event) => event.event === "bk:ping" && event.id === id));

    expect(stream.data("bk:ping")[0]).toBe("");
  });

  it("ends streams at the end of their lifetime", async () => {
    const { broker, url } = await start({ heartbeatMs: 64, maxLifeMs: 10 });
    const stream = await listen(url);

    await stream.ended();

    expect(broker.clientCount).toBe(0);
  });

  it("ends its streams when it closes, and no longer broadcasts", async () => {
    const { broker, url } = await start();
    const stream = await listen(url);

    await broker.close();
    await stream.ended();

    expect((await fetch(url)).status).toBe(503);
    await expect(broker.broadcast("n", 1, { to: everybody })).rejects.toMatchObject({ code: "SSE_BROKER_CLOSED" });
  });

  it("warns in development about markup that cannot change the page", async () => {
    const warnings: string[] = [];
    const log = { ...silentLogger, warn: (_facts: object, text: string) => warnings.push(text) };
    const { broker } = await start({ dev: true, log });

    await broker.broadcast("message", "hi", { to: everybody });
    await broker.broadcast("row", "<li>1</li>", { to: everybody });
    await broker.broadcastHTML(<li>1</li>, { to: everybody });

    expect(warnings).toHaveLength(3);
  });

  it("warns in development about a topic, once, and not in production", async () => {
    const warnings: string[] = [];
    const log = { ...silentLogger, warn: (_facts: object, text: string) => warnings.push(text) };
    const warnAboutTopic = (topic: string) => (topic === "lost" ? "nobody may listen to it" : undefined);
    const development = await start({ dev: true, log, warnAboutTopic });
    const production = await start({ log, warnAboutTopic });

    for (const { broker } of [development, production]) {
      await broker.broadcast("row", 1, { to: ["lost", "found"] });
      await broker.broadcastHTML(<li>1</li>, { to: "lost", target: "#rows" });
    }

    expect(warnings).toEqual(["nobody may listen to it"]);
  });
});

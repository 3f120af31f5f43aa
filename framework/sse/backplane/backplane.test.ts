import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { randomToken, silentLogger } from "../../base/index.ts";
import { redisMissing, startRedis } from "../../test-support/test-redis.ts";
import { openStream } from "../../test-support/test-stream.ts";
import { createBroker } from "../broker.ts";
import { backplaneChecks } from "../conformance/backplane-conformance.ts";
import { everybody } from "../everybody.ts";
import { createMemoryBus, MemoryBackplane } from "./memory-backplane.ts";
import { RedisBackplane, type RedisBackplaneOptions } from "./redis-backplane.ts";
import { startNode, stopNode } from "./test-node.ts";

describe("the memory backplane", () => {
  const order = createMemoryBus();

  it.each(backplaneChecks(() => ({ join: () => new MemoryBackplane(order) })))("$name", ({ run }) => run());
});

const missing = redisMissing();
const redis = missing === null ? await startRedis() : null;
afterAll(() => redis?.remove());

function join(options: Partial<RedisBackplaneOptions> = {}): RedisBackplane {
  return new RedisBackplane({ url: redis?.url ?? "", ...options });
}

describe.skipIf(missing !== null)("with its own Redis", () => {
  describe("the Redis backplane", () => {
    it.each(backplaneChecks(() => ({ join: () => join() })))("$name", ({ run }) => run());
  });

  it("gives a starting node the earlier broadcasts", async () => {
    const a = await startNode(join());
    const first = await a.broker.broadcast("n", 1, { to: everybody });
    await a.broker.broadcast("n", 2, { to: everybody });

    const late = await startNode(join());
    const stream = await openStream(late.url, { "Last-Event-ID": first });
    await stream.event("n");

    expect(stream.data("n")).toEqual(["2"]);
    await stopNode(a);
    await stopNode(late);
  });

  it("accepts a broadcast from a process without streams", async () => {
    const a = await startNode(join());
    const stream = await openStream(a.url);
    await stream.event("bk:hello");
    const worker = createBroker({ backplane: join() });
    await worker.ready;

    await worker.broadcast("n", "from the worker", { to: everybody });

    expect((await stream.event("n")).data).toBe("from the worker");
    await worker.close();
    await stopNode(a);
  });

  it("waits while Redis does not respond, and then sends everything in order and once", async () => {
    const [a, b] = [await startNode(join()), await startNode(join())];
    const stream = await openStream(b.url);
    await stream.event("bk:hello");

    redis?.signal("SIGSTOP");
    const ids = Array.from({ length: 100 }, (_, n) => a.broker.broadcast("n", n, { to: everybody }));
    redis?.signal("SIGCONT");
    await Promise.all(ids);
    await stream.until(() => stream.data("n").length === 100);

    expect(stream.data("n")).toEqual(Array.from({ length: 100 }, (_, n) => String(n)));
    await stopNode(a);
    await stopNode(b);
  });

  it("keeps streams open while Redis is down, tells them to resync when it comes back empty, and then sends what waited", async () => {
    const [a, b] = [await startNode(join()), await startNode(join())];
    const streams = [await openStream(a.url), await openStream(b.url)];
    await Promise.all(streams.map((stream) => stream.event("bk:hello")));
    await a.broker.broadcast("n", "before", { to: everybody });
    await Promise.all(streams.map((stream) => stream.event("n")));

    await redis?.kill();
    await expect.poll(() => a.broker.stats().backplane).toBe("away");
    const waiting = Array.from({ length: 50 }, (_, n) => a.broker.broadcast("n", n, { to: everybody }));
    const open = a.broker.clientCount + b.broker.clientCount;
    await redis?.start();
    await Promise.all(waiting);
    await Promise.all(streams.map((stream) => stream.until(() => stream.data("n").includes("49"))));

    const expected = ["before", ...Array.from({ length: 50 }, (_, n) => String(n))];
    expect(open).toBe(2);
    expect(streams.map((stream) => stream.data("n"))).toEqual([expected, expected]);
    expect(streams.map((stream) => stream.data("bk:resync").length)).toEqual([1, 1]);
    await stopNode(a);
    await stopNode(b);
  });

  it("rejects broadcasts beyond the limit while Redis is down, and sends the others later", async () => {
    const a = await startNode(join({ maxWaiting: 3 }));
    const stream = await openStream(a.url);
    await stream.event("bk:hello");

    await redis?.kill();
    await expect.poll(() => a.broker.stats().backplane).toBe("away");
    const results = Promise.allSettled([0, 1, 2, 3, 4].map((n) => a.broker.broadcast("n", n, { to: everybody })));
    await redis?.start();
    const outcomes = (await results).map((result) => (result.status === "rejected" ? result.reason.code : "sent"));
    await stream.until(() => stream.data("n").includes("2"));

    expect(outcomes).toEqual(["sent", "sent", "sent", "SSE_BACKPLANE_FULL", "SSE_BACKPLANE_FULL"]);
    expect(stream.data("n")).toEqual(["0", "1", "2"]);
    await stopNode(a);
  });

  it("keeps apps with different keys apart", async () => {
    const [a, b] = [await startNode(join({ key: randomToken(4) })), await startNode(join({ key: randomToken(4) }))];
    const stream = await openStream(b.url);
    await stream.event("bk:hello");

    await a.broker.broadcast("n", "theirs", { to: everybody });
    await b.broker.broadcast("n", "mine", { to: everybody });
    await stream.event("n");

    expect(stream.data("n")).toEqual(["mine"]);
    await stopNode(a);
    await stopNode(b);
  });
});

describe("a Redis backplane without Redis", () => {
  it("rejects at startup after the time that Redis may take to respond", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo; // a TCP server that listens has one
    const broker = createBroker({ redisUrl: `redis://127.0.0.1:${port}`, connectTimeoutMs: 50 });
    const begunAt = performance.now();

    await expect(broker.ready).rejects.toMatchObject({ code: "SSE_BACKPLANE_UNREACHABLE" });

    expect(performance.now() - begunAt).toBeLessThan(3000);
    await broker.close();
    silent.close();
  });

  it("rejects at startup, with what could not be reached", async () => {
    const errors: unknown[] = [];
    const log = { ...silentLogger, error: (facts: object) => void errors.push(facts) };
    const broker = createBroker({ redisUrl: "redis://127.0.0.1:1", log });

    await expect(broker.ready).rejects.toMatchObject({ code: "SSE_BACKPLANE_UNREACHABLE" });

    expect(errors).toMatchObject([{ err: { code: "SSE_BACKPLANE_UNREACHABLE" } }]);
    await broker.close();
  });

  it("doesn't go on trying after that", async () => {
    let attempts = 0;
    const server = createServer((socket) => {
      attempts += 1;
      socket.destroy();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const port = Number(Reflect.get(Object(server.address()), "port"));
    const broker = createBroker({ redisUrl: `redis://127.0.0.1:${port}` });
    await expect(broker.ready).rejects.toMatchObject({ code: "SSE_BACKPLANE_UNREACHABLE" });

    const before = attempts;
    await new Promise((resolve) => setTimeout(resolve, 500));

    expect([before > 0, attempts]).toEqual([true, before]);
    await broker.close();
    server.close();
  });
});

import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createLogger, randomToken } from "../../base/index.ts";
import { openRedis } from "../../redis/index.ts";
import { SilentLine } from "../../test-support/silent-line.ts";
import { redisMissing, startRedis } from "../../test-support/test-redis.ts";
import { openStream } from "../../test-support/test-stream.ts";
import { everybody } from "../everybody.ts";
import { RedisBackplane, type RedisBackplaneOptions } from "./redis-backplane.ts";
import { startNode, stopNode, type TestNode } from "./test-node.ts";

const missing = redisMissing();
const redis = missing === null ? await startRedis() : null;
const cleanups: (() => Promise<unknown>)[] = [];

/** A node, and what its backplane logs. */
async function start(options: Partial<RedisBackplaneOptions> = {}) {
  const lines: string[] = [];
  const log = createLogger({ destination: { write: (line: string) => void lines.push(JSON.parse(line).msg) } });
  const node = await startNode(
    new RedisBackplane({ url: redis?.url ?? "", key: randomToken(6), log, connectTimeoutMs: 2000, ...options }),
  );
  cleanups.push(() => stopNode(node));
  return { ...node, lines };
}

async function open({ url }: Pick<TestNode, "url">, cursor?: string) {
  const stream = await openStream(url, cursor === undefined ? {} : { "Last-Event-ID": cursor });
  cleanups.push(() => stream.leave());
  await stream.event("bk:hello");
  return stream;
}

/** Redis doesn't respond until the end of the test, or until the returned function is called. */
function stall(): () => void {
  redis?.signal("SIGSTOP");
  const resume = () => redis?.signal("SIGCONT");
  cleanups.push(async () => resume());
  return resume;
}

afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

afterAll(() => redis?.remove());

describe.skipIf(missing !== null)("a Redis that stops responding", () => {
  it("is noticed within seconds, told once, and used again as soon as it responds", async () => {
    const { broker, url, lines } = await start();
    const stream = await open({ url });
    const resume = stall();
    await expect.poll(() => broker.stats().backplane, { timeout: 6000 }).toBe("away");

    await broker.broadcast("n", 1, { to: everybody });
    const { waiting } = broker.stats();
    resume();
    await stream.event("n");
    await expect.poll(() => lines.at(-1)).toBe("Redis is back");

    expect(waiting.messages).toBe(1);
    // The event may arrive before Redis has answered its sender.
    await expect.poll(() => broker.stats().waiting).toEqual({ messages: 0, bytes: 0 });
    expect(broker.stats().backplane).toBe("up");
    expect(lines).toEqual(["Redis is away; live updates wait until it is back", "Redis is back"]);
  });

  it("holds no caller up: a broadcast resolves with an empty id and is sent later", async () => {
    const { broker, url } = await start({ answerMs: 100 });
    const stream = await open({ url });
    const resume = stall();

    const id = await broker.broadcast("n", 1, { to: everybody });
    const { backplane } = broker.stats();
    resume();
    await stream.event("n");

    // Not only after the stall was noticed.
    expect([id, backplane]).toEqual(["", "up"]);
  });

  it("keeps no stream open on this node that a command ends, such as logging out", async () => {
    const node = await start();
    const stream = await open(node);
    const { connectionId }: { connectionId: string } = JSON.parse((await stream.event("bk:hello")).data);
    stall();

    await node.broker.disconnect({ connection: connectionId });
    const { backplane } = node.broker.stats();
    await stream.event("bk:close");

    // Not only after the stall was noticed.
    expect(backplane).toBe("up");
  });

  it("keeps no page from its stream, although another node has given it a newer cursor", async () => {
    const node = await start();
    stall();

    const stream = await open(node, `${Date.now() + 1000}-0`);
    const { backplane } = node.broker.stats();

    // Not only after the stall was noticed.
    expect(backplane).toBe("up");
    expect((await stream.event("bk:resync")).data).toBe("missed");
  });
});

describe.skipIf(missing !== null)("a Redis with nothing to tell", () => {
  it("isn't taken for one that stopped responding, which is noticed within three seconds", async () => {
    const { broker, lines } = await start();

    await new Promise((resolve) => setTimeout(resolve, 4000));

    expect([broker.stats().backplane, lines]).toEqual(["up", []]);
  });
});

describe.skipIf(missing !== null)("a connection to Redis that went silent", () => {
  it("is replaced within seconds, and nothing is lost", async () => {
    const line = await SilentLine.to(redis?.port ?? 0);
    cleanups.push(() => line.close());
    const key = randomToken(6);
    const [far, near] = [await start({ url: `redis://127.0.0.1:${line.port}`, key }), await start({ key })];
    const streams = [await open(far), await open(near)];

    line.silence();
    await near.broker.broadcast("n", "to", { to: everybody });
    await far.broker.broadcast("n", "from", { to: everybody });
    await Promise.all(streams.map((stream) => stream.until(() => stream.data("n").length === 2)));

    expect(streams.map((stream) => stream.data("n"))).toEqual([
      ["to", "from"],
      ["to", "from"],
    ]);
    expect(streams.map((stream) => stream.data("bk:resync"))).toEqual([[], []]);
  });
});

describe.skipIf(missing !== null)("messages that wait", () => {
  it("are limited by their size as well, and pages resync when one could not wait", async () => {
    const { broker, url } = await start({ maxWaitingBytes: 250_000 });
    const stream = await open({ url });
    const resume = stall();
    await expect.poll(() => broker.stats().backplane, { timeout: 6000 }).toBe("away");

    const texts = ["a", "b", "c"].map((letter) => letter.repeat(50_000));
    const results = await Promise.allSettled(texts.map((text) => broker.broadcast("n", text, { to: everybody })));
    const { bytes } = broker.stats().waiting;
    resume();
    await stream.event("bk:resync");

    const outcomes = results.map((result) => (result.status === "rejected" ? result.reason.code : result.value));
    expect(outcomes).toEqual(["", "", "SSE_BACKPLANE_FULL"]);
    expect([bytes > 200_000, bytes <= 250_000]).toEqual([true, true]);
    expect(stream.data("n").map((text) => text[0])).toEqual(["a", "b"]);
  });
});

describe.skipIf(missing !== null)("a message that Redis refuses", () => {
  it("is rejected with 503 and the reason, and pages resync once Redis takes messages again", async () => {
    const { broker, url } = await start();
    const stream = await open({ url });
    const admin = await openRedis(redis?.url ?? "");
    cleanups.push(async () => admin.disconnect());

    await admin.config("SET", "maxmemory", "1");
    const refused = await broker.broadcast("n", 1, { to: everybody }).catch((error: unknown) => error);
    await admin.config("SET", "maxmemory", "0");
    await stream.event("bk:resync");

    expect(refused).toMatchObject({ code: "SSE_BACKPLANE_REFUSED", status: 503 });
  });
});

describe.skipIf(missing !== null)("a Redis that takes no writes after a failover", () => {
  it("is used again as soon as it does", async () => {
    const key = randomToken(6);
    const { broker, url, lines } = await start({ key });
    const stream = await open({ url });
    const admin = await openRedis(redis?.url ?? "");
    cleanups.push(async () => admin.disconnect());

    // At once, so that nothing is written in between.
    await admin
      .multi([
        ["del", key],
        ["replicaof", "127.0.0.1", "1"],
        ["client", "kill", "type", "normal", "skipme", "yes"],
      ])
      .exec();
    await expect.poll(() => broker.stats().backplane).toBe("away");
    await broker.broadcast("n", 1, { to: everybody });
    await admin.call("replicaof", "no", "one");
    await stream.event("n");

    expect(stream.data("bk:resync")).toHaveLength(1);
    await expect.poll(() => lines.at(-1)).toBe("Redis is back");
    expect(lines).toEqual([
      "Redis is away; live updates wait until it is back",
      "the event backplane lost entries; streams resync",
      "Redis is back",
    ]);
  });
});

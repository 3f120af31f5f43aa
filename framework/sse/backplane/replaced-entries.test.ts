import { afterAll, afterEach, describe, expect, it } from "vitest";
import { randomToken } from "../../base/index.ts";
import { openRedis } from "../../redis/index.ts";
import { SilentLine } from "../../test-support/silent-line.ts";
import { redisMissing, startRedis } from "../../test-support/test-redis.ts";
import { openStream, type TestStream } from "../../test-support/test-stream.ts";
import { everybody } from "../everybody.ts";
import { RedisBackplane } from "./redis-backplane.ts";
import { startNode, stopNode, type TestNode } from "./test-node.ts";

const missing = redisMissing();
const redis = missing === null ? await startRedis() : null;
const cleanups: (() => Promise<unknown>)[] = [];

/** A node that deletes replaced entries at once. */
async function start(key: string, port = redis?.port): Promise<TestNode> {
  const url = `redis://127.0.0.1:${port}`;
  const node = await startNode(new RedisBackplane({ url, key, keepReplacedMs: 0, connectTimeoutMs: 2000 }));
  cleanups.push(() => stopNode(node));
  return node;
}

async function open(node: TestNode, cursor?: string): Promise<TestStream> {
  const stream = await openStream(node.url, cursor === undefined ? {} : { "Last-Event-ID": cursor });
  cleanups.push(() => stream.leave());
  await stream.event("bk:hello");
  return stream;
}

/** Twenty changes of one key around each of the numbers. */
async function send({ broker }: TestNode, numbers: readonly number[]): Promise<void> {
  for (const n of numbers) {
    for (let change = 0; change < 20; change += 1)
      void broker.broadcast("busy", change, { to: everybody, key: "busy" });
    await broker.broadcast("n", n, { to: everybody });
  }
  await broker.broadcast("busy", "newest", { to: everybody, key: "busy" });
}

async function lengthOf(key: string): Promise<number> {
  const admin = await openRedis(redis?.url ?? "");
  cleanups.push(async () => admin.disconnect());
  return await admin.xlen(key);
}

afterEach(async () => {
  for (const close of cleanups.splice(0).reverse()) await close();
});

afterAll(() => redis?.remove());

describe.skipIf(missing !== null)("entries that a newer one replaced", () => {
  it("leave the stream, and no page resyncs for it: not on nodes that follow, nor on one that starts later", async () => {
    const key = randomToken(6);
    const [a, b] = [await start(key), await start(key)];
    const pages = [await open(a), await open(b)];
    const since = a.broker.cursor;

    await send(a, [1, 2, 3, 4, 5]);
    const c = await start(key);
    pages.push(await open(c, since), await open(b, since));
    await Promise.all(pages.map((page) => page.until(() => page.data("busy").includes("newest"))));

    expect(await lengthOf(key)).toBeLessThan(20);
    expect(pages.map((page) => page.data("n"))).toEqual(Array(4).fill(["1", "2", "3", "4", "5"]));
    expect(pages.slice(2).map((page) => page.data("busy"))).toEqual([["newest"], ["newest"]]);
    expect(pages.flatMap((page) => page.data("bk:resync"))).toEqual([]);
  });

  it("are not taken for lost by a node that was cut off in between, even if the last that it read was one", async () => {
    const key = randomToken(6);
    const line = await SilentLine.to(redis?.port ?? 0);
    cleanups.push(() => line.close());
    const [far, near] = [await start(key, line.port), await start(key)];
    const pages = [await open(far), await open(near)];
    await send(near, [0]);
    await Promise.all(pages.map((page) => page.until(() => page.data("busy").includes("newest"))));

    line.silence();
    await send(near, [1, 2, 3]);
    await near.broker.broadcast("end", "", { to: everybody });
    await Promise.all(pages.map((page) => page.event("end")));

    expect(pages.map((page) => page.data("n"))).toEqual(Array(2).fill(["0", "1", "2", "3"]));
    expect(pages.flatMap((page) => page.data("bk:resync"))).toEqual([]);
  });

  it("don't hide that another one was lost", async () => {
    const key = randomToken(6);
    const line = await SilentLine.to(redis?.port ?? 0);
    cleanups.push(() => line.close());
    const [far, near] = [await start(key, line.port), await start(key)];
    const page = await open(far);
    await send(near, [0]);
    await page.until(() => page.data("busy").includes("newest"));
    const admin = await openRedis(redis?.url ?? "");
    cleanups.push(async () => admin.disconnect());

    line.silence();
    const lost = await near.broker.broadcast("n", 1, { to: everybody });
    await admin.xdel(key, lost);
    await send(near, [2]);

    await page.event("bk:resync");
  });
});

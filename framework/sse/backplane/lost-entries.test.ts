import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { randomToken } from "../../base/index.ts";
import { openRedis, type Redis } from "../../redis/index.ts";
import { countSilentLosses } from "../../test-support/count-silent-losses.ts";
import { redisMissing, startRedis } from "../../test-support/test-redis.ts";
import { openStream, type TestStream } from "../../test-support/test-stream.ts";
import { everybody } from "../everybody.ts";
import { RedisBackplane } from "./redis-backplane.ts";
import { startNode, stopNode, type TestNode } from "./test-node.ts";

const missing = redisMissing();
const redis = missing === null ? await startRedis() : null;
const key = randomToken(6);
const nodes: TestNode[] = [];
const streams: TestStream[] = [];
let admin: Redis;

async function start(): Promise<TestNode> {
  const node = await startNode(new RedisBackplane({ url: redis?.url ?? "", key }));
  nodes.push(node);
  return node;
}

async function open(node: TestNode, cursor?: string): Promise<TestStream> {
  const stream = await openStream(node.url, cursor === undefined ? {} : { "Last-Event-ID": cursor });
  streams.push(stream);
  await stream.event("bk:hello");
  return stream;
}

/** Broadcasts numbers and returns their ids. */
async function send(node: TestNode, numbers: readonly number[]): Promise<readonly string[]> {
  return await Promise.all(numbers.map((n) => node.broker.broadcast("n", n, { to: everybody })));
}

/** Resolves once the page was told to load its content again. */
async function told(stream: TestStream): Promise<number> {
  await stream.event("bk:resync");
  return stream.data("bk:resync").length;
}

/** Kills Redis and starts it again with what it saved; resolves once these nodes work with it. */
async function restore(working: readonly TestNode[]): Promise<void> {
  await redis?.kill();
  for (const { broker } of working) await expect.poll(() => broker.stats().backplane).toBe("away");
  await redis?.start();
  for (const { broker } of working) await expect.poll(() => broker.stats().backplane).toBe("up");
}

beforeEach(async () => {
  admin = await openRedis(redis?.url ?? "");
});

afterEach(async () => {
  admin.disconnect();
  for (const stream of streams.splice(0)) await stream.leave();
  for (const node of nodes.splice(0)) await stopNode(node);
});

afterAll(() => redis?.remove());

describe.skipIf(missing !== null)("a Redis that comes back with older data", () => {
  it.each(["the same", "another", "a new"])(
    "makes a page that was away resync on %s node, wherever in the order it left",
    async (where) => {
      const [a, b] = [await start(), await start()];
      const [early = "", kept = ""] = await send(a, [1, 2]);
      await admin.save();
      const [lost = ""] = await send(a, [3]);
      await send(b, [4, 5]);

      await restore([a, b]);
      await send(a, [6, 7]);
      const node = where === "the same" ? a : where === "another" ? b : await start();
      const pages = [await open(node, early), await open(node, kept), await open(node, lost)];

      expect(await Promise.all(pages.map(told))).toEqual([1, 1, 1]);
    },
  );

  it("makes a page that was away resync although all nodes were replaced since then", async () => {
    const a = await start();
    const [kept = ""] = await send(a, [1]);
    await admin.save();
    const [lost = ""] = await send(a, [2]);
    await stopNode(nodes.pop() ?? a);

    await restore([]);
    const b = await start();
    await send(b, [3, 4]);
    const pages = [await open(b, kept), await open(b, lost)];

    expect(await Promise.all(pages.map(told))).toEqual([1, 1]);
  });

  it("makes open pages resync once, and lets them go on", async () => {
    const [a, b] = [await start(), await start()];
    const pages = [await open(a), await open(b)];
    await admin.save();
    await send(a, [1, 2]);

    await restore([a, b]);
    await send(a, [3]);
    await Promise.all(pages.map((page) => page.until(() => page.data("n").includes("3"))));

    expect(pages.map((page) => page.data("bk:resync").length)).toEqual([1, 1]);
  });
});

describe.skipIf(missing !== null)("a stream that is emptied", () => {
  it("leaves no gap that pages aren't told about, although nodes are behind when it happens", async () => {
    const [a, b] = [await start(), await start()];
    const pages = [await open(a), await open(b)];

    const senders = [startSending(a), startSending(b)];
    for (let round = 1; round <= 10; round += 1) {
      await pages[0]?.until(({ events }) => events.length > round * 500);
      await admin.flushall();
    }
    await Promise.all(senders.map((stop) => stop()));
    // Repeated, because a node that is still behind starts over after what it missed, which can be the end.
    await expect
      .poll(async () => {
        await a.broker.broadcast("end", "", { to: everybody });
        return pages.every((page) => page.data("end").length > 0);
      })
      .toBe(true);

    expect(pages.map((page) => countSilentLosses(page.events))).toEqual([0, 0]);
    expect(pages.every((page) => page.data("bk:resync").length > 0)).toBe(true);
  });

  it("makes pages resync when what a node missed was sent by a process that sends nothing more", async () => {
    const page = await open(await start());

    await admin
      .multi()
      .xadd(key, "*", ...entry("lost", 1))
      .flushall()
      .xadd(key, "*", ...entry("kept", 1))
      .exec();

    expect(await told(page)).toBe(1);
  });

  it("makes a page that was away resync, even if the server's clock went back and has passed its cursor since", async () => {
    const node = await start();
    const page = await open(node);
    const future = Date.now() + 60_000;
    await admin.xadd(key, `${future}-0`, ...entry("first", 1));
    await page.event("n");

    await admin.flushall();
    await told(page);
    await admin.xadd(key, `${future + 10}-0`, ...entry("second", 1));
    await page.until(() => page.data("n").length === 2);

    expect(await told(await open(node, `${future}-0`))).toBe(1);
  });
});

describe.skipIf(missing !== null)("a running number that is left out", () => {
  it("makes pages resync, and then they get what follows", async () => {
    const page = await open(await start());

    await admin.xadd(key, "*", ...entry("a", 1));
    await admin.xadd(key, "*", ...entry("a", 3));
    await page.until(() => page.data("n").length === 2);

    expect(page.events.map(({ event }) => event).slice(1)).toEqual(["n", "bk:resync", "n"]);
  });

  it("makes a page resync that left before it and comes to a new node", async () => {
    await start();
    const first = await admin.xadd(key, "*", ...entry("b", 1));
    await admin.xadd(key, "*", ...entry("b", 3));

    expect(await told(await open(await start(), first ?? ""))).toBe(1);
  });
});

/** The fields of a stream entry with a numbered event, as a process would write it. */
function entry(sender: string, n: number): string[] {
  return ["p", sender, "n", String(n), "d", `event: n\ndata: ["${sender}",${n}]\n\n`];
}

/** Broadcasts without a pause, ahead of what the nodes have received; returns how to stop it. */
function startSending({ broker, url }: TestNode): () => Promise<void> {
  let isStopped = false;
  let n = 0;
  const next = () => broker.broadcast("n", [url, n++], { to: everybody });
  const sending = (async () => {
    let earlier: Promise<unknown> = Promise.resolve();
    while (!isStopped) {
      const batch = Promise.all(Array.from({ length: 200 }, next));
      await earlier;
      earlier = batch;
    }
    await earlier;
    await next();
  })();
  return async () => {
    isStopped = true;
    await sending;
  };
}

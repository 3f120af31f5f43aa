import { afterAll, afterEach, describe, expect, it } from "vitest";
import { randomToken } from "../../base/index.ts";
import { openRedis } from "../../redis/index.ts";
import { redisMissing, startRedis } from "../../test-support/test-redis.ts";
import { compareEventIds, type EventId, parseEventId } from "../event/wire-format.ts";
import type { BackplaneMessage } from "./backplane.ts";
import { RedisBackplane } from "./redis-backplane.ts";

const missing = redisMissing();
const redis = missing === null ? await startRedis() : null;
const started: RedisBackplane[] = [];
const key = randomToken(6);
const message: BackplaneMessage = { kind: "broadcast", topics: null, except: null, text: "data: x\n\n" };

/** A backplane, and the newest id that its node has received. */
async function start() {
  const backplane = new RedisBackplane({ url: redis?.url ?? "", key });
  started.push(backplane);
  const node: { backplane: RedisBackplane; last: EventId } = { backplane, last: { epoch: 0, sequence: 0 } };
  const receive = (id: EventId) => {
    node.last = id;
  };
  await backplane.start({ onMessage: receive, onReset: receive });
  return node;
}

function read(id: string): EventId {
  const parsed = parseEventId(id);
  if (parsed === null) throw new Error(`${id} isn't an id`);
  return parsed;
}

/** The result, and whether it came sooner than what is waited for. */
async function promptly(result: Promise<boolean>): Promise<{ isReached: boolean; isPrompt: boolean }> {
  const since = performance.now();
  const isReached = await result;
  return { isReached, isPrompt: performance.now() - since < 1000 };
}

afterEach(async () => {
  for (const backplane of started.splice(0)) await backplane.close();
});

afterAll(() => redis?.remove());

describe.skipIf(missing !== null)("RedisBackplane.reach", () => {
  it("waits until this node has received what another one has published", async () => {
    const [far, near] = [await start(), await start()];
    const ids = await Promise.all(Array.from({ length: 3000 }, () => far.backplane.publish(message)));
    const newest = read(ids.at(-1) ?? "");

    const isReached = await near.backplane.reach(newest);

    expect([isReached, compareEventIds(near.last, newest)]).toEqual([true, 0]);
  });

  it("knows at once what it has received, and that an id isn't from this Redis", async () => {
    const { backplane } = await start();
    const id = read(await backplane.publish(message));
    await backplane.reach(id);

    const known = await promptly(backplane.reach(id));
    const unknown = await promptly(backplane.reach({ ...id, sequence: id.sequence + 1 }));

    expect(known).toEqual({ isReached: true, isPrompt: true });
    expect(unknown).toEqual({ isReached: false, isPrompt: true });
  });

  it("gives up at once before it is started, after it is closed, and while Redis is away", async () => {
    const fresh = new RedisBackplane({ url: redis?.url ?? "" });
    const [closed, away] = [await start(), await start()];
    const late = { epoch: Date.now() + 60_000, sequence: 0 };
    await closed.backplane.close();
    await redis?.kill();
    await expect.poll(() => away.backplane.state).toBe("away");

    const results = [fresh, closed.backplane, away.backplane].map((backplane) => promptly(backplane.reach(late)));

    expect(await Promise.all(results)).toEqual(Array(3).fill({ isReached: false, isPrompt: true }));
    await redis?.start();
  });
});

describe.skipIf(missing !== null)("RedisBackplane.close", () => {
  it("leaves no connection behind, so that the process can end", async () => {
    const observer = await openRedis(redis?.url ?? "", {});
    const count = async () =>
      String(await observer.client("LIST"))
        .trim()
        .split("\n").length;
    await expect.poll(count).toBe(1);

    const { backplane } = await start();
    const whileOpen = await count();
    await backplane.close();

    expect(whileOpen).toBe(3);
    await expect.poll(count).toBe(1);
    observer.disconnect();
  });
});

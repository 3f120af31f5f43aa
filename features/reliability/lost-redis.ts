import { join } from "node:path";
import { openRedis } from "../../framework/redis/index.ts";
import { countSilentLosses } from "../../framework/test-support/count-silent-losses.ts";
import { startRedis, type TestRedis } from "../../framework/test-support/test-redis.ts";
import { openStream, type TestStream } from "../../framework/test-support/test-stream.ts";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { waitFor } from "./wait-for.ts";

export interface LostRedisFindings {
  /** How often Redis was emptied, and how often it came back with older data. */
  readonly rounds: readonly [emptied: number, restored: number];
  readonly sent: number;
  /** Broadcasts that a page neither got nor was told to have missed, over all pages. */
  readonly silentLosses: number;
  /** How often each page was told to load its content again. */
  readonly resyncs: readonly number[];
  readonly received: readonly number[];
}

const sendersPerNode = 8;

/** Whether no gap was silent, although there were gaps: each loss of Redis's data is one that pages have to be told. */
export function hasToldAll({ rounds, sent, silentLosses, resyncs, received }: LostRedisFindings): boolean {
  const isTried = resyncs.every((count) => count >= rounds[0]) && received.every((count) => count > sent / 10);
  return isTried && silentLosses === 0;
}

/** Empties Redis, and restores an older copy of its data, in turn, while two nodes broadcast as fast as they can. */
export async function loseRedis(rounds: number): Promise<LostRedisFindings> {
  const folder = freeFolder("lost-redis");
  const redis = await startRedis();
  const nodes: FaultProcess[] = [];
  const pages: TestStream[] = [];
  const senders: Sender[] = [];
  const counts: [number, number] = [0, 0];
  try {
    for (const name of ["a", "b"]) {
      const environment = {
        DATABASE_URL: `sqlite:${join(folder.path, `${name}.db`)}`,
        FAULT_FOLDER: folder.path,
        REDIS_URL: redis.url,
      };
      nodes.push(await FaultProcess.start({ environment }));
    }
    for (const node of nodes) pages.push(await openStream(`${node.url}/events`));
    for (const node of nodes)
      for (let n = 0; n < sendersPerNode; n += 1) senders.push(new Sender(node, senders.length));
    for (let round = 0; round < rounds; round += 1) {
      await heard(pages, 500);
      const isEmptied = round % 2 === 0;
      await (isEmptied ? empty(redis) : restoreOlder(redis, pages));
      counts[isEmptied ? 0 : 1] += 1;
    }
    await heard(pages, 500);
    const sent = await Promise.all(senders.map((sender) => sender.stop()));
    return {
      rounds: counts,
      sent: sent.reduce((sum, count) => sum + count, 0),
      silentLosses: pages.reduce((sum, { events }) => sum + countSilentLosses(events), 0),
      resyncs: pages.map((page) => page.data("bk:resync").length),
      received: pages.map((page) => page.data("number").length),
    };
  } finally {
    for (const sender of senders) void sender.stop();
    for (const page of pages) await page.leave();
    for (const node of nodes) await node.end("SIGKILL");
    await redis.remove();
    folder.remove();
  }
}

/** Resolves once every page has got so many more broadcasts. */
async function heard(pages: readonly TestStream[], more: number): Promise<void> {
  const before = pages.map(({ events }) => events.length);
  const isDone = () => pages.every(({ events }, index) => events.length >= (before[index] ?? 0) + more);
  await waitFor("broadcasts to arrive", isDone, 60_000);
}

async function empty(redis: TestRedis): Promise<void> {
  const admin = await openRedis(redis.url);
  await admin.flushall();
  admin.disconnect();
}

/** What was sent after the copy was made is gone when Redis is back. */
async function restoreOlder(redis: TestRedis, pages: readonly TestStream[]): Promise<void> {
  const admin = await openRedis(redis.url);
  await admin.save();
  admin.disconnect();
  await heard(pages, 200);
  await redis.kill();
  await redis.start();
}

/** Broadcasts numbers, one after the other. */
class Sender {
  readonly #node: FaultProcess;
  readonly #name: number;
  readonly #ended: Promise<number>;
  #isStopped = false;

  constructor(node: FaultProcess, name: number) {
    this.#node = node;
    this.#name = name;
    this.#ended = this.#send();
  }

  /** Returns how many were sent. */
  async stop(): Promise<number> {
    this.#isStopped = true;
    return await this.#ended;
  }

  async #send(): Promise<number> {
    let n = 0;
    while (!this.#isStopped) {
      const data = encodeURIComponent(JSON.stringify([this.#name, n]));
      // One that was refused is sent again, so that only Redis can make a gap.
      if ((await this.#node.ask("POST", `/faults/broadcast/${data}`)).status === 202) n += 1;
    }
    return n;
  }
}

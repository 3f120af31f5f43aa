import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createId, createLogger } from "../../base/index.ts";
import { type Database, openDatabase, sql } from "../../db/index.ts";
import { openRedis } from "../../redis/index.ts";
import { SilentLine } from "../../test-support/silent-line.ts";
import { redisMissing, startRedis, type TestRedis } from "../../test-support/test-redis.ts";
import { anything, patience } from "../conformance/engine-subject.ts";
import { createJobs } from "../create-jobs.ts";

const missing = redisMissing();
const away = "Redis is away; jobs can't be enqueued, and none run, until it is back";
const back = "Redis is back; jobs run again";
const long = { timeout: 30_000, interval: 20 };

describe.skipIf(missing !== null)("jobs while Redis is away", { timeout: 90_000 }, () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  let redis: TestRedis;
  let db: Database;

  beforeAll(async () => {
    redis = await startRedis();
    db = await openDatabase("sqlite::memory:");
    await sql`create table notes (n integer)`.execute(db);
  });

  afterAll(async () => {
    await db.destroy();
    await redis.remove();
  });

  afterEach(async () => {
    redis.signal("SIGCONT");
    for (const close of cleanups.splice(0).reverse()) await close();
    await sql`delete from notes`.execute(db);
  });

  /** Jobs in Redis, the payloads that ran, and what is logged. */
  const start = async (url = redis.url) => {
    const lines: string[] = [];
    const write = (line: string) => {
      lines.push(JSON.parse(line).msg);
    };
    const log = createLogger({ destination: { write } });
    const jobs = await createJobs({ db, redisUrl: url, prefix: createId(), log });
    cleanups.push(() => jobs.close());
    const done: number[] = [];
    const note = jobs.define("note", { schema: anything, handler: ({ n }) => void done.push(n) });
    await jobs.start();
    return { jobs, note, done, lines };
  };
  const notes = async () => (await sql`select n from notes`.execute(db)).rows.length;

  it("are refused with 503 within seconds when it hangs, told once, and run again once it responds", async () => {
    const { jobs, note, done, lines } = await start();
    await jobs.enqueue(note, { n: 1 });
    await vi.waitFor(() => expect(done).toEqual([1]), long);

    redis.signal("SIGSTOP");
    const from = performance.now();
    const first = await jobs.enqueue(note, { n: 2 }).catch((error: unknown) => error);
    const refusedAfterMs = performance.now() - from;
    await vi.waitFor(() => expect(lines).toEqual([away]), long);
    const later = performance.now();
    const second = await jobs.enqueue(note, { n: 3 }).catch((error: unknown) => error);
    const refusedLaterMs = performance.now() - later;
    const stats = await jobs.stats().catch((error: unknown) => error);
    redis.signal("SIGCONT");
    await vi.waitFor(() => expect(lines).toEqual([away, back]), long);
    await jobs.enqueue(note, { n: 4 });
    await vi.waitFor(() => expect(done).toContain(4), long);

    for (const error of [first, second, stats]) expect(error).toMatchObject({ code: "JOBS_UNAVAILABLE", status: 503 });
    expect(refusedAfterMs).toBeLessThan(10_000);
    expect(refusedLaterMs).toBeLessThan(1000);
    expect(done).not.toContain(3);
    expect(lines).toEqual([away, back]);
  });

  it("are told once when it is killed, although several connections try to come back", async () => {
    const { jobs, note, done, lines } = await start();

    await redis.kill();
    await vi.waitFor(() => expect(lines).toEqual([away]), long);
    // Long enough for many attempts.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await redis.start();
    await vi.waitFor(() => expect(lines).toEqual([away, back]), long);
    await jobs.enqueue(note, { n: 1 });

    await vi.waitFor(() => expect(done).toEqual([1]), long);
    expect(lines).toEqual([away, back]);
  });

  it("run again within seconds when their connections went silent", async () => {
    const line = await SilentLine.to(redis.port);
    cleanups.push(() => line.close());
    const { jobs, note, done } = await start(`redis://127.0.0.1:${line.port}`);
    await jobs.enqueue(note, { n: 1 });
    await vi.waitFor(() => expect(done).toEqual([1]), long);

    line.silence();
    const from = performance.now();
    await vi.waitFor(() => jobs.enqueue(note, { n: 2 }), long);

    await vi.waitFor(() => expect(done).toContain(2), long);
    expect(performance.now() - from).toBeLessThan(20_000);
  });

  it("keep nobody who stops them waiting for the whole grace if none runs and it hangs", async () => {
    const { jobs, lines } = await start();
    redis.signal("SIGSTOP");
    await vi.waitFor(() => expect(lines).toEqual([away]), long);

    const from = performance.now();
    await jobs.stop({ graceMs: 60_000 });

    expect(performance.now() - from).toBeLessThan(30_000);
  });

  it("fail the transaction that enqueues them, so nothing is committed without its job", async () => {
    const { jobs, note, lines } = await start();
    redis.signal("SIGSTOP");
    await vi.waitFor(() => expect(lines).toEqual([away]), long);

    const refused = db.transaction().execute(async () => {
      await sql`insert into notes values (1)`.execute(db);
      await jobs.enqueue(note, { n: 1 });
    });

    await expect(refused).rejects.toMatchObject({ code: "JOBS_UNAVAILABLE" });
    expect(await notes()).toBe(0);
  });

  it("wait if their transaction is committed already, and run once Redis is back", async () => {
    const { jobs, note, done, lines } = await start();

    await db.transaction().execute(async () => {
      await sql`insert into notes values (1)`.execute(db);
      await jobs.enqueue(note, { n: 1 });
      redis.signal("SIGSTOP");
    });
    await vi.waitFor(() => expect(lines).toEqual([away]), long);
    const before = [...done];
    redis.signal("SIGCONT");

    await vi.waitFor(() => expect([done, lines]).toEqual([[1], [away, back]]), long);
    expect([before, await notes()]).toEqual([[], 1]);
  });

  it("say in the log which ones were lost because Redis didn't come back before the end", async () => {
    const { jobs, note, lines } = await start();
    await db.transaction().execute(async () => {
      await jobs.enqueue(note, { n: 1 });
      redis.signal("SIGSTOP");
    });
    await vi.waitFor(() => expect(lines).toEqual([away]), long);

    await jobs.stop({ graceMs: 0 });
    await jobs.close();

    expect(lines).toContain("jobs of committed transactions were lost, because Redis was away until the end");
  });

  it("are refused with 503 and the reason when Redis takes no writes", async () => {
    const { jobs, note } = await start();
    const admin = await openRedis(redis.url);
    cleanups.push(async () => admin.disconnect());
    await admin.config("SET", "maxmemory", "1");

    const refused = await jobs.enqueue(note, { n: 1 }).catch((error: unknown) => error);
    await admin.config("SET", "maxmemory", "0");

    expect(refused).toMatchObject({ code: "JOBS_UNAVAILABLE", status: 503, message: expect.stringContaining("OOM") });
    await vi.waitFor(() => jobs.enqueue(note, { n: 2 }), patience);
  });
});

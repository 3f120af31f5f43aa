import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { silentLogger } from "../../base/index.ts";
import { type Database, openDatabase } from "../../db/index.ts";
import { freePort } from "../../test-support/free-port.ts";
import { redisMissing } from "../../test-support/test-redis.ts";
import { createJobs } from "../create-jobs.ts";

const missing = redisMissing();

describe.skipIf(missing !== null)("jobs on a Redis server that is killed", () => {
  const patience = { timeout: 15_000, interval: 20 };
  let folder: string;
  let port: number;
  let server: ChildProcess;
  let db: Database;

  const boot = async () => {
    const settings = ["--port", String(port), "--dir", folder, "--appendonly", "yes", "--appendfsync", "always"];
    server = spawn("redis-server", settings, { stdio: "ignore" });
    const asking = new Redis(port, { maxRetriesPerRequest: null });
    asking.on("error", () => undefined);
    await asking.ping();
    asking.disconnect();
  };

  const kill = async () => {
    server.kill("SIGKILL");
    await once(server, "exit");
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "buffkit-redis-"));
    port = await freePort();
    db = await openDatabase("sqlite::memory:");
    await boot();
  });

  afterEach(async () => {
    server.kill("SIGKILL");
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it("keeps every acknowledged job, and resumes when the server is back", async () => {
    const jobs = await createJobs({ db, redisUrl: `redis://127.0.0.1:${port}`, log: silentLogger, leaseMs: 1000 });
    const done = new Set<number>();
    jobs.define("note", { schema: z.object({ n: z.number() }), handler: ({ n }) => void done.add(n) });
    await jobs.start();
    for (let n = 0; n < 20; n++) await jobs.enqueue("note", { n });
    await jobs.enqueue("note", { n: 20 }, { delayMs: 300 });

    await kill();
    await expect(jobs.enqueue("note", { n: 99 })).rejects.toThrow();
    await boot();

    await vi.waitFor(() => jobs.enqueue("note", { n: 21 }), patience);
    await vi.waitFor(() => expect([...done].filter((n) => n < 22)).toHaveLength(22), patience);
    await jobs.close();
  });

  it("says once that jobs which ran in the meantime run again, and nothing about failed workers", async () => {
    const lines: unknown[] = [];
    const log = { ...silentLogger, warn: (facts: object, text: string) => void lines.push({ ...facts, text }) };
    const jobs = await createJobs({ db, redisUrl: `redis://127.0.0.1:${port}`, log, leaseMs: 1000 });
    let begun = 0;
    const handler = async () => {
      begun += 1;
      if (begun <= 3) await pause(2500);
    };
    jobs.define("slow", { schema: z.object({}), handler });
    await jobs.start();
    for (let n = 0; n < 3; n++) await jobs.enqueue("slow", {});
    await vi.waitFor(() => expect(begun).toBe(3), patience);

    await kill();
    await pause(1500);
    await boot();

    await vi.waitFor(() => expect(begun).toBe(6), patience);
    await jobs.close();
    const text = "the leases of running jobs expired, so other workers run them again";
    expect(lines).toEqual([expect.objectContaining({ text, count: 3 })]);
  });

  it("stops its worker even if the server stays down", async () => {
    const jobs = await createJobs({ db, redisUrl: `redis://127.0.0.1:${port}`, log: silentLogger });
    jobs.define("note", { schema: z.object({ n: z.number() }), handler: () => undefined });
    await jobs.start();
    await kill();
    const begunAt = performance.now();

    await jobs.stop({ graceMs: 100 });
    await jobs.close();

    expect(performance.now() - begunAt).toBeLessThan(5000);
  });
});

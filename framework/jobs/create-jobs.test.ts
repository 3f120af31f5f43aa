import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { type Database, openDatabase } from "../db/index.ts";
import { createJobs } from "./create-jobs.ts";

/** Takes two seconds on an idle machine. */
const patienceMs = 20_000;

describe("createJobs", () => {
  let db: Database;

  beforeEach(async () => {
    db = await openDatabase("sqlite::memory:");
  });

  afterEach(() => db.destroy());

  const refusalOf = async (redisUrl: string) => {
    const begunAt = performance.now();
    const error: unknown = await createJobs({ db, redisUrl, log: silentLogger }).catch((reason: unknown) => reason);
    return { error, text: String(error), tookMs: performance.now() - begunAt };
  };

  it("rejects when Redis doesn't answer, in one line that hides the password", async () => {
    const { error, text, tookMs } = await refusalOf("redis://me:hunter2@127.0.0.1:1");

    expect(error).toMatchObject({ code: "JOBS_REDIS_UNUSABLE", status: 503 });
    expect(text).toMatch(
      /REDIS_URL: failed to initialize jobs with redis:\/\/me:\*\*\*@127\.0\.0\.1:1: .*ECONNREFUSED/,
    );
    expect(text).not.toMatch(/hunter2|\n/);
    expect(tookMs).toBeLessThan(patienceMs);
  });

  it("rejects when Redis accepts the connection but never responds", async () => {
    const server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo; // a TCP server that listens has one

    const { text, tookMs } = await refusalOf(`redis://127.0.0.1:${port}`);

    expect(text).toContain("failed to initialize jobs");
    expect(tookMs).toBeLessThan(patienceMs);
    server.close();
  });

  it("rejects sooner if Redis may take less time to respond", async () => {
    const server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo; // a TCP server that listens has one

    const refused = createJobs({ db, redisUrl: `redis://127.0.0.1:${port}`, log: silentLogger, connectTimeoutMs: 30 });

    await expect(refused).rejects.toThrow(/within 30 ms|ETIMEDOUT/);
    server.close();
  });

  it("rejects an invalid Redis URL", async () => {
    expect((await refusalOf("localhost:6379")).text).toContain("failed to initialize jobs");
    expect((await refusalOf("http://localhost")).text).toContain("failed to initialize jobs");
    expect((await refusalOf("")).text).toContain("failed to initialize jobs");
  });

  it("refuses to start before the migrations have run", async () => {
    const jobs = await createJobs({ db, log: silentLogger });

    await expect(jobs.start()).rejects.toThrow(expect.objectContaining({ code: "JOBS_TABLES_MISSING" }));
    await jobs.close();
  });
});

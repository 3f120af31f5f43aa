import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ConformanceSubject } from "../../base/index.ts";
import type { Database } from "../../db/index.ts";
import { bundleProgram } from "../../test-support/bundle-program.ts";
import type { CreateJobsOptions } from "../create-jobs.ts";
import type { Jobs } from "../jobs.ts";

/** Where the jobs of a test are stored. Empty when it is opened. */
export interface JobStore extends ConformanceSubject {
  readonly db: Database;
  /** Opens the same database in another process. With Redis any database will do. */
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  readonly prefix?: string;
}

/** A job engine under test. */
export interface EngineSubject extends ConformanceSubject {
  readonly store: JobStore;
  /** Jobs on the store, closed when the test ends. */
  make(options?: Partial<CreateJobsOptions>): Promise<Jobs>;
}

export const patience = { timeout: 10_000, interval: 10 };

export const anything = z.object({ n: z.number() });

/**
 * Starts a worker process that starts a job named `hang`, prints a line, and never finishes it. Jobs in the queue `echo` print a line too.
 * Its clock is `aheadMs` ahead.
 */
export function spawnWorker({ databaseUrl, redisUrl, prefix }: JobStore, { aheadMs = 0 } = {}) {
  const file = fileURLToPath(new URL("./hanging-worker.fixture.ts", import.meta.url));
  const place = [databaseUrl, redisUrl, prefix].filter((part) => part !== undefined);
  return spawn(process.execPath, [bundleProgram(file), ...place], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, CLOCK_AHEAD_MS: String(aheadMs) },
  });
}

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Database } from "../../db/index.ts";
import type { CreateJobsOptions } from "../create-jobs.ts";
import type { Jobs } from "../jobs.ts";

/** Where the jobs of a test are stored. Empty at the start of each test. */
export interface TestStore {
  readonly db: Database;
  /** Opens the same database in another process. With Redis any database will do. */
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  readonly prefix?: string;
}

/** What the tests of the suite use. */
export interface EngineHarness {
  store(): TestStore;
  /** Jobs on the store of the current test, closed when it ends. */
  make(options?: Partial<CreateJobsOptions>): Promise<Jobs>;
}

export const patience = { timeout: 10_000, interval: 10 };

export const anything = z.object({ n: z.number() });

/** Starts a worker process that starts a job named `hang`, prints a line, and never finishes it. */
export function spawnWorker({ databaseUrl, redisUrl, prefix }: TestStore) {
  const file = fileURLToPath(new URL("./hanging-worker.fixture.ts", import.meta.url));
  const place = [databaseUrl, redisUrl, prefix].filter((part) => part !== undefined);
  return spawn(process.execPath, ["--import", "tsx", file, ...place], { stdio: ["ignore", "pipe", "inherit"] });
}

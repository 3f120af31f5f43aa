import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Database } from "../../db/index.ts";
import type { CreateJobsOptions } from "../create-jobs.ts";
import type { Jobs } from "../jobs.ts";

/** One place for jobs to be kept in, empty at the beginning of each test. */
export interface Ground {
  readonly db: Database;
  /** Opens the same database in another process; any will do where jobs are in Redis. */
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  readonly prefix?: string;
}

/** What the tests of the suite work with. */
export interface EngineBench {
  ground(): Ground;
  /** Jobs on the ground of the running test, closed at its end. */
  make(options?: Partial<CreateJobsOptions>): Promise<Jobs>;
}

export const patience = { timeout: 10_000, interval: 10 };

export const anything = z.object({ n: z.number() });

/** A worker process that begins a job named `hang`, writes a line, and never ends it. */
export function spawnWorker({ databaseUrl, redisUrl, prefix }: Ground) {
  const file = fileURLToPath(new URL("./hanging-worker.fixture.ts", import.meta.url));
  const place = [databaseUrl, redisUrl, prefix].filter((part) => part !== undefined);
  return spawn(process.execPath, ["--import", "tsx", file, ...place], { stdio: ["ignore", "pipe", "inherit"] });
}

import { z } from "zod";
import { silentLogger } from "../../base/index.ts";
import { openDatabase } from "../../db/index.ts";
import { createJobs } from "../create-jobs.ts";

// A worker process that starts a job, prints a line and never finishes it. The tests kill it, and may set its clock.
const aheadMs = Number(process.env.CLOCK_AHEAD_MS);
const { now } = Date;
Date.now = () => now() + aheadMs;
const [databaseUrl = "sqlite::memory:", redisUrl, prefix] = process.argv.slice(2);
const jobs = await createJobs({
  db: await openDatabase(databaseUrl),
  log: silentLogger,
  leaseMs: 500,
  ...(redisUrl ? { redisUrl } : {}),
  ...(prefix ? { prefix } : {}),
});
jobs.define("hang", {
  schema: z.object({ n: z.number() }),
  handler: async () => {
    process.stdout.write("started\n");
    await new Promise(() => undefined);
  },
});
jobs.define("echo", {
  queue: "echo",
  schema: z.object({ n: z.number() }),
  handler: ({ n }) => void process.stdout.write(`echo ${n}\n`),
});
await jobs.start();

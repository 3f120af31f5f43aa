import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "../../framework/test-support/free-port.ts";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { countStatuses, percentile, startLoad } from "./load.ts";
import { waitFor } from "./wait-for.ts";

export interface RedisFindings {
  readonly statuses: Readonly<Record<number, number>>;
  readonly pageP99Ms: number;
  /** The number of acknowledged jobs that never ran. */
  readonly lost: number;
  readonly acknowledged: number;
  readonly hasDied: boolean;
}

/** Whether redis-server is installed. */
export function hasRedisServer(): boolean {
  return spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Kills Redis under 30 jobs and 50 pages a second, and restarts it from its append-only file after `awayMs`. */
export async function restartRedis(awayMs: number): Promise<RedisFindings> {
  const folder = freeFolder("redis");
  const redisPort = await freePort();
  const boot = () => startRedis(redisPort, folder.path);
  let redis = await boot();
  const server = await FaultProcess.start({
    environment: {
      DATABASE_URL: `sqlite:${join(folder.path, "app.db")}`,
      FAULT_FOLDER: folder.path,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    },
  });
  try {
    const pending: Promise<number | undefined>[] = [];
    const jobs = setInterval(() => pending.push(enqueue(server, pending.length + 1)), 33);
    const pages = startLoad(server, 50, () => ["GET", "/faults/ping"]);
    await pause(500);
    redis.kill("SIGKILL");
    await pause(awayMs);
    redis = await boot();
    await pause(1000);
    clearInterval(jobs);
    const answers = await pages.stop();
    const expected = (await Promise.all(pending)).filter((n) => n !== undefined);
    const missing = async () => {
      const done = new Set(await server.read<number[]>("/faults/done"));
      return expected.filter((n) => !done.has(n)).length;
    };
    await waitFor("all acknowledged jobs to run", async () => (await missing()) === 0).catch(() => undefined);
    return {
      statuses: countStatuses(answers),
      pageP99Ms: percentile(answers, 0.99),
      lost: await missing(),
      acknowledged: expected.length,
      hasDied: server.hasEnded,
    };
  } finally {
    await server.end("SIGKILL");
    redis.kill("SIGKILL");
    folder.remove();
  }
}

/** Returns the number if the job was acknowledged. */
async function enqueue(server: FaultProcess, n: number): Promise<number | undefined> {
  const { status } = await server.ask("POST", `/faults/jobs/note/${n}`);
  return status === 202 ? n : undefined;
}

async function startRedis(port: number, folder: string): Promise<ChildProcess> {
  const settings = [
    "--port",
    String(port),
    "--dir",
    folder,
    "--appendonly",
    "yes",
    "--appendfsync",
    "always",
    "--save",
    "",
  ];
  const server = spawn("redis-server", settings, { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  server.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  if (server.pid === undefined) await once(server, "error");
  await waitFor("Redis to start", () => /Ready to accept connections/.test(said));
  return server;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

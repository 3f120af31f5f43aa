import { createScratchDatabase } from "../../framework/test-support/scratch-database.ts";
import { services } from "../../framework/test-support/services.ts";
import { startRedis } from "../../framework/test-support/test-redis.ts";
import { CuttableLine } from "../support/cuttable-line.ts";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { waitFor } from "./wait-for.ts";

/** What hangs when the process is told to stop. */
export const stalls = ["own stream", "request", "Redis", "database", "crash", "second signal"] as const;
export type Stall = (typeof stalls)[number];

export interface StalledFindings {
  readonly exitCode: number | null;
  /** From the signal or the crash to the exit. */
  readonly tookMs: number;
  readonly graceMs: number;
}

/** A server in trouble, and how it is told to stop. */
interface Trouble {
  readonly environment: Readonly<Record<string, string>>;
  /** Makes something hang. */
  begin(server: FaultProcess): Promise<void>;
  /** Default: SIGTERM. */
  end?(server: FaultProcess): Promise<number | null>;
  cleanUp?(): Promise<void>;
}

const graceMs = 8_000;

/** Tells a server to stop while something hangs, and measures how long it takes. */
export async function stopStalled(stall: Stall): Promise<StalledFindings> {
  const folder = freeFolder("stalled");
  const trouble = await troubles[stall]();
  const environment = {
    DATABASE_URL: `sqlite:${folder.path}/app.db`,
    FAULT_FOLDER: folder.path,
    GRACE_MS: String(graceMs),
    LAME_DUCK_MS: "500",
    ...trouble.environment,
  };
  let server: FaultProcess | undefined;
  try {
    server = await FaultProcess.start({ environment });
    await trouble.begin(server);
    const begunAt = performance.now();
    const exitCode = await (trouble.end?.(server) ?? server.end("SIGTERM"));
    return { exitCode, tookMs: Math.round(performance.now() - begunAt), graceMs };
  } finally {
    await server?.end("SIGKILL");
    await trouble.cleanUp?.();
    folder.remove();
  }
}

/** Whether the process ended in time, and with the code that a supervisor should see. */
export function hasStopped(stall: Stall, { exitCode, tookMs }: StalledFindings): boolean {
  if (tookMs > graceMs) return false;
  // A stream is ended, a request is cut off, and the connection to Redis is dropped, which is part of stopping; the rest are failures.
  return exitCode === (["own stream", "request", "Redis"].includes(stall) ? 0 : 1);
}

/** Why this can't be tried here. */
export function cannotStall(stall: Stall): string | undefined {
  return stall === "database" && services.postgres === null ? "no PostgreSQL server is running" : undefined;
}

const troubles: Record<Stall, () => Promise<Trouble>> = {
  "own stream": async () => ({ environment: {}, begin: openTicks }),
  request: async () => ({ environment: {}, begin: openStuckRequest }),
  crash: async () => ({
    environment: {},
    begin: openTicks,
    async end(server) {
      await server.ask("POST", "/faults/crash");
      return await server.exit();
    },
  }),
  "second signal": async () => ({
    environment: { GRACE_MS: "60000" },
    begin: openStuckRequest,
    async end(server) {
      const ended = server.end("SIGTERM");
      await waitFor("the server to stop being ready", async () => (await server.ask("GET", "/readyz")).status !== 200);
      void server.end("SIGTERM");
      return await ended;
    },
  }),
  async Redis() {
    const redis = await startRedis();
    return {
      environment: { REDIS_URL: redis.url },
      begin: async () => redis.signal("SIGSTOP"),
      cleanUp: () => redis.kill(),
    };
  },
  async database() {
    const scratch = await createScratchDatabase(services.postgres ?? "");
    const line = await CuttableLine.to(scratch.url);
    const url = new URL(scratch.url);
    url.port = new URL(line.url).port;
    return {
      environment: { DATABASE_URL: url.href },
      async begin(server) {
        line.stall();
        // A query that is under way when the signal comes.
        void server.ask("POST", "/faults/rows/1");
        await server.ask("GET", "/faults/ping");
      },
      async cleanUp() {
        await line.close();
        await scratch.drop();
      },
    };
  },
};

/** Leaves a stream of the app's own open. */
async function openTicks(server: FaultProcess): Promise<void> {
  const answer = await fetch(`${server.url}/faults/ticks`);
  const reader = answer.body?.getReader();
  await reader?.read();
  const ended = (async () => {
    while (!(await reader?.read())?.done);
  })();
  ended.catch(() => undefined);
}

async function openStuckRequest(server: FaultProcess): Promise<void> {
  void server.ask("GET", "/faults/stuck");
  await server.ask("GET", "/faults/ping");
}

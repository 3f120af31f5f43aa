import cluster from "node:cluster";
import { separateProcesses } from "../../sse/index.ts";
import type { Settings } from "../settings/resolve-config.ts";

/** What tells about the processes beside this one. Default: Node's cluster module, and the environment that pm2 sets. */
export interface ProcessFacts {
  readonly isClusterWorker: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Logs an error if this process is one of several that share no backplane: each would update its own pages only. */
export function reportSeparateProcesses(
  { redisUrl, sse, log }: Pick<Settings, "redisUrl" | "sse" | "log">,
  facts: ProcessFacts = { isClusterWorker: cluster.isWorker, environment: process.env },
): void {
  if (redisUrl || sse.backplane) return;
  const sign = signOfOthers(facts);
  if (sign !== null) {
    log.error({ err: separateProcesses({ sign }) }, "this app runs in processes that don't hear each other");
  }
}

/** pm2 numbers the processes of an app from 0, and says how many it was asked for. */
function signOfOthers({ isClusterWorker, environment }: ProcessFacts): string | null {
  const { NODE_APP_INSTANCE: instance = "", instances } = environment;
  if (/^[1-9]\d*$/.test(instance)) return `NODE_APP_INSTANCE is ${instance}`;
  return isClusterWorker && instances !== "1" ? "this is a worker of node:cluster" : null;
}

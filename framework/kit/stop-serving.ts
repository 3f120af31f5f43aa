import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Connections } from "./connections.ts";
import { Deadline, divideGrace } from "./deadline.ts";
import { closeTimedOut } from "./errors.ts";
import type { Kit } from "./kit.ts";

export interface Serving {
  readonly kit: Kit;
  readonly server: Server;
  readonly connections: Connections;
  /** How long stopping may take. */
  readonly graceMs: number;
  /** How long connections are still accepted. */
  readonly lameDuckMs: number;
}

/** How long proxies may take to notice that the port is closed, and send their next request elsewhere. */
const noticeMs = 1_000;
const pollMs = 20;

/**
 * Stops an app that is being served, in this order: `/readyz` fails and the workers take no new jobs; the port closes; requests and jobs
 * finish and streams end; the services are closed. No wait in here can exceed the grace period, so that the process ends whatever hangs.
 */
export async function stopServing(serving: Serving): Promise<void> {
  const { kit, server, connections, graceMs, lameDuckMs } = serving;
  const { totalMs, workMs } = divideGrace(graceMs);
  const deadline = new Deadline(totalMs);
  const work = new Deadline(workMs);
  kit.drain();
  const jobs = stopJobs(kit, work.leftMs);
  await pause(Math.min(lameDuckMs, work.leftMs / 2));
  await connections.stopListening(server, work.leftMs / 2);
  const requests = finishRequests(serving, work);
  await work.allows(kit.broker.drain(Promise.all([jobs, requests])));
  await work.allows(Promise.all([jobs, requests]));
  while (connections.size > 0 && work.leftMs > 0) await pause(pollMs);
  if (connections.size > 0) {
    kit.log.warn(
      { connections: connections.size, graceMs },
      "stopping: connections that did not end in time were cut off",
    );
  }
  connections.cut(server);
  const closing = kit.close({ graceMs: deadline.leftMs });
  if (!(await deadline.allows(closing))) throw closeTimedOut({ name: "the app", limitMs: graceMs });
}

async function stopJobs(kit: Kit, graceMs: number): Promise<void> {
  try {
    await kit.jobs.stop({ graceMs });
  } catch (error) {
    kit.log.error({ err: error }, "stopping the jobs failed");
  }
}

/** Resolves when every connection that is left is a stream. */
async function finishRequests({ kit, server, connections, lameDuckMs }: Serving, work: Deadline): Promise<void> {
  const hasRequests = () => connections.size > kit.broker.clientCount;
  const startedAt = performance.now();
  const quietMs = Math.min(lameDuckMs, noticeMs);
  while (hasRequests() && work.leftMs > 0) {
    await pause(pollMs);
    if (performance.now() - startedAt >= quietMs) await connections.closeIdle(server);
  }
}

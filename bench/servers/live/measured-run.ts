import { setTimeout as sleep } from "node:timers/promises";
import type { Kit } from "buffkit";

/** What a run of changes cost the server. */
export interface RunFigures {
  readonly changes: number;
  /** Above what the process uses without any changes. */
  readonly cpuMs: number;
  readonly loads: number;
  readonly renders: number;
  readonly updates: number;
  /** Queries that read the table. */
  readonly reads: number;
  readonly bytes: number;
}

const idleMs = 1000;

/** Measures what the work uses until all of it has arrived, and then what the process uses when nothing happens. */
export async function measureRun(kit: Kit, changes: number, work: () => Promise<void>): Promise<RunFigures> {
  let reads = 0;
  const stop = kit.db.observe(({ query }) => {
    if (/^select\b.*\bbench_rows\b/i.test(query.sql)) reads += 1;
  });
  const [before, bytesBefore, startedAt] = [kit.live.stats(), kit.broker.stats().bytes, performance.now()];
  const cpuMs = await cpuMsOf(async () => {
    await work();
    await kit.live.settled();
    // The last flush follows.
    await sleep(20);
  });
  stop();
  const ms = performance.now() - startedAt;
  const [after, bytesAfter] = [kit.live.stats(), kit.broker.stats().bytes];
  const idleCpuMs = await cpuMsOf(() => sleep(idleMs));
  return {
    changes,
    cpuMs: cpuMs - idleCpuMs * (ms / idleMs),
    loads: after.loads - before.loads,
    renders: after.renders - before.renders,
    updates: after.updates - before.updates,
    reads,
    bytes: bytesAfter - bytesBefore,
  };
}

async function cpuMsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

import { fanOutScenarios } from "./fan-out.ts";
import { growth } from "./growth.ts";
import { idleMemory } from "./idle-memory.ts";
import { latencyScenarios } from "./latency.ts";
import { liveScenarios } from "./live.ts";
import type { Scenario } from "./scenario.ts";
import { sharedGzip } from "./shared-gzip.ts";
import { stalledReaders } from "./stalled-readers.ts";

/** All scenarios, in the order of the table. */
export const allScenarios: readonly Scenario[] = [
  ...fanOutScenarios,
  ...latencyScenarios,
  idleMemory,
  stalledReaders,
  growth,
  sharedGzip,
  ...liveScenarios,
];

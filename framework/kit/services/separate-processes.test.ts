import { describe, expect, it } from "vitest";
import { createLogger } from "../../base/index.ts";
import { MemoryBackplane } from "../../sse/index.ts";
import { type ProcessFacts, reportSeparateProcesses } from "./separate-processes.ts";

/** The codes of the errors that are logged. */
function report(facts: Partial<ProcessFacts>, settings: { redisUrl?: string; backplane?: MemoryBackplane } = {}) {
  const lines: string[] = [];
  const log = createLogger({ destination: { write: (line: string) => void lines.push(line) } });
  const { redisUrl, backplane } = settings;
  const sse = { redisKey: "", ...(backplane ? { backplane } : {}) };
  reportSeparateProcesses({ redisUrl, sse, log }, { isClusterWorker: false, environment: {}, ...facts });
  return lines.map((line) => JSON.parse(line).err.code);
}

const worker = { isClusterWorker: true };

describe("reportSeparateProcesses", () => {
  it("logs an error in a worker of node:cluster", () => {
    expect(report(worker)).toEqual(["SSE_SEPARATE_PROCESSES"]);
  });

  it("logs an error in the second instance of pm2", () => {
    expect(report({ environment: { NODE_APP_INSTANCE: "1" } })).toEqual(["SSE_SEPARATE_PROCESSES"]);
  });

  it.each([{ environment: {} }, { environment: { NODE_APP_INSTANCE: "0", instances: "1" }, ...worker }])(
    "is silent in a single process: %j",
    (facts) => {
      expect(report(facts)).toEqual([]);
    },
  );

  it.each([{ redisUrl: "redis://x" }, { backplane: new MemoryBackplane() }])(
    "is silent in processes that share a backplane",
    (settings) => {
      expect(report(worker, settings)).toEqual([]);
    },
  );
});

/** `node --import tsx bench/soak.ts [--minutes 10] [--cycles 10000]`: a long run; exits with 0 if every promise was kept, else 1. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { nodeCommand } from "./harness/contenders.ts";
import { findCores } from "./harness/cores.ts";
import { RunningServer } from "./harness/running-server.ts";
import { readState, type SoakState } from "./soak/soak-state.ts";
import { cycle, fillLog, Traffic } from "./soak/traffic.ts";
import { judgeSoak, type SoakRecord } from "./soak/verdict.ts";

const { values } = parseArgs({ options: { minutes: { type: "string" }, cycles: { type: "string" } } });
const minutes = Number(values.minutes ?? 10);
const cycles = Number(values.cycles ?? 10_000);
const runner = { name: "ours", command: nodeCommand("servers/ours.ts", ["--expose-gc"]) };
const server = await RunningServer.start(runner, findCores().server);
try {
  const verdicts = judgeSoak(await soak());
  for (const { promise, isKept, measured } of verdicts) tell(`${isKept ? "kept  " : "BROKEN"} ${promise}: ${measured}`);
  const isGood = verdicts.every((verdict) => verdict.isKept);
  tell(isGood ? "The soak test passed." : "The soak test failed.");
  process.exitCode = isGood ? 0 : 1;
} finally {
  await server.close();
}

async function soak(): Promise<SoakRecord> {
  await fillLog(server);
  await cycle(server, 500);
  const base = await settled();
  const traffic = new Traffic(server);
  await traffic.start();
  const samples = await sampleFor(minutes * 60);
  tell(`${traffic.cycles} streams came and went, ${traffic.returns} were ended by the server and resumed`);
  const missed = await traffic.stop();
  await cycle(server, cycles);
  tell(`${cycles} open/close cycles done`);
  return { samples, base, end: await settled(), missed };
}

/** Samples the server at regular intervals; the first fifth is warm-up and discarded. */
async function sampleFor(seconds: number): Promise<readonly SoakState[]> {
  const samples: SoakState[] = [];
  const distanceSeconds = Math.max(2, seconds / 40);
  const rounds = Math.floor(seconds / distanceSeconds);
  for (let round = 0; round < rounds; round++) {
    await sleep(distanceSeconds * 1000);
    const state = await readState(server);
    tell(`${Math.round((round + 1) * distanceSeconds)} s: ${format(state)}`);
    if (round >= rounds / 5) samples.push(state);
  }
  return samples;
}

/** The state once the server has noticed that its streams are closed; waits ten seconds at most. */
async function settled(): Promise<SoakState> {
  let state = await readState(server);
  for (let wait = 0; wait < 100 && state.streams > 0; wait++) {
    await sleep(100);
    state = await readState(server);
  }
  return state;
}

function format({ heapBytes, streams, files }: SoakState): string {
  return `${(heapBytes / 1024 / 1024).toFixed(1)} MiB in use, ${streams} streams, ${files} descriptors`;
}

function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

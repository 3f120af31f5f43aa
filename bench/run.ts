/** `node --import tsx bench/run.ts [--quick] [--only name] [--contenders a,b] [--slices n]`: ours and the peers, side by side. */
import { cpus } from "node:os";
import { Comparison, type Equipment } from "./harness/comparison.ts";
import { broadcasters, findContenders, type Runner } from "./harness/contenders.ts";
import { findCores } from "./harness/cores.ts";
import { createLoadClient, createNodeLoadClient } from "./harness/load-client.ts";
import { type BenchOptions, parseOptions } from "./harness/options.ts";
import { type Results, saveResults } from "./harness/results.ts";
import { formatResults } from "./harness/table.ts";
import type { Scenario } from "./scenarios/scenario.ts";

const stopping = new AbortController();
process.once("SIGINT", () => stopping.abort());
process.once("SIGTERM", () => stopping.abort());
const options = parseOptions(process.argv.slice(2));
const results = await runAll(options);
const path = saveResults(results);
process.stdout.write(`\n${formatResults(results, options.scenarios)}\nwritten to ${path}\n`);

async function runAll(wanted: BenchOptions): Promise<Results> {
  const cores = findCores();
  const clients = { plain: createLoadClient(cores.client), compressed: createNodeLoadClient(cores.client) };
  const found = findContenders(wanted.contenders, wanted.nodeOptions);
  const runners = found.filter((contender) => "command" in contender);
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  const equipment: Equipment = { cores, clients, slices: wanted.slices, isQuick: wanted.isQuick, tell };
  const outcome: Pick<Results, "scenarios" | "failed"> = { scenarios: {}, failed: {} };
  const at = new Date().toISOString();
  for (const scenario of wanted.scenarios) {
    if (stopping.signal.aborted) break;
    const { figures, failed } = await runScenario(scenario, runners, equipment);
    outcome.scenarios[scenario.name] = figures;
    outcome.failed[scenario.name] = failed;
  }
  return {
    at,
    node: process.versions.node,
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
    cores: cores.server === null ? "not pinned" : `servers on core ${cores.server}, client on core ${cores.client}`,
    client: clients.plain.kind,
    isQuick: wanted.isQuick,
    skipped: Object.fromEntries(found.flatMap((each) => ("skipped" in each ? [[each.name, each.skipped]] : []))),
    ...outcome,
  };
}

/** Runs a scenario with the contenders that take part in it; an interrupt ends it after the servers are closed. */
async function runScenario(scenario: Scenario, runners: readonly Runner[], equipment: Equipment) {
  const comparison = new Comparison(scenario, equipment);
  const names: readonly string[] = scenario.contenders ?? broadcasters;
  try {
    return await comparison.run(
      runners.filter((runner) => names.includes(runner.name)),
      stopping.signal,
    );
  } finally {
    await comparison.close();
  }
}

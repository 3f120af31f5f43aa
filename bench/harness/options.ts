import { parseArgs } from "node:util";
import { unknownName } from "../errors.ts";
import { allScenarios } from "../scenarios/all-scenarios.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { type ContenderName, contenderNames, liveWays } from "./contenders.ts";

/** The options of `npm run bench`. */
export interface BenchOptions {
  readonly isQuick: boolean;
  readonly scenarios: readonly Scenario[];
  readonly contenders: readonly ContenderName[];
  readonly slices: number;
  /** Node options for the servers, such as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
}

const quickScenarios = ["single-1000", "burst-1000", "stream-1k", "latency-1000", "idle-memory"];
const quickContenders: readonly ContenderName[] = ["limit", "ours", "better-sse", "hono", ...liveWays];

/** Reads the command line. @throws {KitError} BENCH_NAME_UNKNOWN */
export function parseOptions(texts: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...texts],
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      contenders: { type: "string", multiple: true, default: [] },
      slices: { type: "string" },
      node: { type: "string", multiple: true, default: [] },
    },
  });
  const isQuick = values.quick;
  const only = splitNames(values.only);
  const wanted = splitNames(values.contenders).map(readContender);
  return {
    isQuick,
    scenarios: pickScenarios(only.length > 0 || !isQuick ? only : quickScenarios),
    contenders: wanted.length > 0 ? wanted : isQuick ? quickContenders : contenderNames,
    slices: Math.max(1, Number(values.slices ?? (isQuick ? 3 : 5)) || 1),
    nodeOptions: values.node,
  };
}

/** `--only a,b --only c` names three. */
function splitNames(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(",")).filter((name) => name !== "");
}

function pickScenarios(names: readonly string[]): readonly Scenario[] {
  if (names.length === 0) return allScenarios;
  const known = allScenarios.map((scenario) => scenario.name);
  return names.flatMap((name) => {
    const found = allScenarios.filter((scenario) => scenario.name === name || scenario.name.startsWith(`${name}-`));
    if (found.length === 0) throw unknownName({ kind: "scenario", name, known });
    return found;
  });
}

function readContender(name: string): ContenderName {
  const found = contenderNames.find((known) => known === name);
  if (found === undefined) throw unknownName({ kind: "contender", name, known: contenderNames });
  return found;
}

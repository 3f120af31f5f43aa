import { once } from "node:events";
import { loadFailed } from "../errors.ts";
import { formatLoadOptions, type LoadOptions } from "../load/load-options.ts";
import { type LoadReport, parseLoadReport } from "../load/load-report.ts";
import { collect, start, stop } from "./child.ts";
import { compile } from "./compile.ts";
import { nodeCommand } from "./contenders.ts";
import { pinned } from "./cores.ts";

/** Runs loads, each in its own process on the client's core. */
export interface LoadClient {
  /** `c` or `node`, for the record. */
  readonly kind: "c" | "node";
  run(options: LoadOptions): Promise<LoadReport>;
}

/** The C client if there is a compiler, else the Node client. */
export function createLoadClient(core: number | null): LoadClient {
  const program = compile("load/load-client.c");
  return program.ok
    ? { kind: "c", run: (options) => runLoad(pinned(core, [program.path]), options) }
    : createNodeLoadClient(core);
}

/** The Node client: slower, but it reads compressed streams. */
export function createNodeLoadClient(core: number | null): LoadClient {
  return { kind: "node", run: (options) => runLoad(pinned(core, nodeCommand("load/load-client.ts")), options) };
}

async function runLoad(command: readonly string[], options: LoadOptions): Promise<LoadReport> {
  const whole = [...command, ...formatLoadOptions(options)];
  const child = start(whole);
  const output = collect(child.stdout);
  const complaints = collect(child.stderr);
  const limitMs = ((options.limit ?? 60) + 20) * 1000;
  const timer = setTimeout(() => void stop(child), limitMs);
  await once(child, "close");
  clearTimeout(timer);
  if (child.exitCode !== 0) throw loadFailed({ command: whole.join(" "), output: complaints() || output() });
  return parseLoadReport(output());
}

import { once } from "node:events";
import { loadFailed } from "../errors.ts";
import { formatLoadOrder, type LoadOrder } from "../load/load-order.ts";
import { type LoadReport, parseLoadReport } from "../load/load-report.ts";
import { collect, start, stop } from "./child.ts";
import { compile } from "./compile.ts";
import { nodeCommand } from "./contenders.ts";
import { pinned } from "./cores.ts";

/** Runs load orders, each in a process of its own on the client's core. */
export interface LoadClient {
  /** `c` or `node`, for the record. */
  readonly kind: "c" | "node";
  run(order: LoadOrder): Promise<LoadReport>;
}

/** The C client where a compiler is, the Node client elsewhere. */
export function createLoadClient(core: number | null): LoadClient {
  const program = compile("load/load-client.c");
  return program.ok
    ? { kind: "c", run: (order) => runLoad(pinned(core, [program.path]), order) }
    : createNodeLoadClient(core);
}

/** The Node client: slower, but it reads compressed streams. */
export function createNodeLoadClient(core: number | null): LoadClient {
  return { kind: "node", run: (order) => runLoad(pinned(core, nodeCommand("load/load-client.ts")), order) };
}

async function runLoad(command: readonly string[], order: LoadOrder): Promise<LoadReport> {
  const whole = [...command, ...formatLoadOrder(order)];
  const child = start(whole);
  const output = collect(child.stdout);
  const complaints = collect(child.stderr);
  const limitMs = ((order.limit ?? 60) + 20) * 1000;
  const timer = setTimeout(() => void stop(child), limitMs);
  await once(child, "close");
  clearTimeout(timer);
  if (child.exitCode !== 0) throw loadFailed({ command: whole.join(" "), output: complaints() || output() });
  return parseLoadReport(output());
}

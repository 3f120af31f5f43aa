import { KitError } from "../framework/base/index.ts";

/** A contender's process exited, or timed out, before it was listening. */
export function serverSilent({ name, output }: { name: string; output: string }): KitError {
  return new KitError({
    code: "BENCH_SERVER_SILENT",
    message: `The server "${name}" did not announce a port; it printed: ${output.slice(-2000) || "nothing"}`,
    hint: "Run its file in bench/servers by hand to see why.",
  });
}

/** A load client failed. */
export function loadFailed({ command, output }: { command: string; output: string }): KitError {
  return new KitError({
    code: "BENCH_LOAD_FAILED",
    message: `The load client failed: ${command}: ${output.slice(-2000)}`,
    hint: "Was the server still alive, and are there enough file descriptors (ulimit -n)?",
  });
}

/** A server answered a scenario's own request with an error. */
export function requestFailed({ path, status, text }: { path: string; status: number; text: string }): KitError {
  return new KitError({
    code: "BENCH_REQUEST_FAILED",
    message: `The server answered ${path} with ${status}: ${text.slice(0, 500)}`,
  });
}

/** An unknown name after --only or --contenders. */
export function unknownName({ kind, name, known }: { kind: string; name: string; known: readonly string[] }): KitError {
  return new KitError({
    code: "BENCH_NAME_UNKNOWN",
    message: `There is no ${kind} "${name}"; expected one of ${known.join(", ")}.`,
  });
}

/** check-budgets found no results to check. */
export function resultsMissing({ path, cause }: { path: string; cause: unknown }): KitError {
  return new KitError({
    code: "BENCH_RESULTS_MISSING",
    message: `There are no readable results at ${path}.`,
    hint: "Run `npm run bench` first.",
    cause,
  });
}

import { usageErrorCodes } from "./errors.ts";

/**
 * Prints an error and its hint, with the stack trace if `--verbose` is given, or as JSON with `--json`. Sets the exit code: 2 for a usage
 * error, 1 for everything else.
 */
export function reportFailure(error: unknown): void {
  const { code, message, hint } = factsOf(error);
  process.exitCode = code !== undefined && usageErrorCodes.has(code) ? 2 : 1;
  if (process.argv.includes("--json")) {
    process.stderr.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
    return;
  }
  process.stderr.write(`\n${message}${hint ? `\n${hint}` : ""}\n`);
  if (process.argv.includes("--verbose")) process.stderr.write(`\n${stackOf(error)}\n`);
  else if (code === undefined) process.stderr.write("Add --verbose to see the stack trace.\n");
}

interface FailureFacts {
  readonly code: string | undefined;
  readonly message: string;
  readonly hint: string | undefined;
}

// By shape, not by class: the app may import the framework's sources while this command runs from its build.
function factsOf(error: unknown): FailureFacts {
  if (!(error instanceof Error)) return { code: undefined, message: String(error), hint: undefined };
  const isKitError = error.name === "KitError";
  const code = isKitError && "code" in error ? String(error.code) : undefined;
  const hint = "hint" in error && typeof error.hint === "string" ? error.hint : undefined;
  return { code, message: error.message, hint };
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const cause = error.cause === undefined ? "" : `\nCaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

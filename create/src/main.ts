#!/usr/bin/env node
import { createApp } from "./create-app.ts";
import { CreateError } from "./errors.ts";

let undo: (() => Promise<void>) | undefined;
let isInterrupted = false;

// Leaves nothing behind when interrupted. Shells expect 128 + the signal's number as the exit code.
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.on(signal, async () => {
    if (isInterrupted) return;
    isInterrupted = true;
    await undo?.();
    process.stderr.write("\nInterrupted. Nothing was created.\n");
    process.exit(code);
  });
}

try {
  await createApp(process.argv.slice(2), {
    workingFolder: process.cwd(),
    environment: process.env,
    out: process.stdout,
    template: new URL("template.json", import.meta.url),
    isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env.CI,
    onUndo: (given) => {
      undo = given;
    },
  });
} catch (error) {
  if (!isInterrupted) fail(error);
}

function fail(error: unknown): void {
  if (!(error instanceof CreateError)) throw error;
  process.stderr.write(`\n${error.message}\n${error.hint}\n`);
  process.exitCode = 1;
}

import { argumentInvalid } from "../../errors.ts";
import { openCommandContext } from "../../project/command-context.ts";
import { loadApp } from "../../project/load-app.ts";
import { reportFailure } from "../../report-failure.ts";
import { createCommand } from "../../terminal/command.ts";
import { printProgress } from "../../terminal/print.ts";

/** `buffkit jobs:work`: a worker process, for apps whose web processes run with `worker: false`. */
export const jobsWorkCommand = createCommand({
  args: {
    queues: { type: "string", valueHint: "a,b", description: "Only run jobs from these queues (default: all)" },
    concurrency: {
      type: "string",
      valueHint: "n",
      description: "Jobs to run at once per queue (default: as configured)",
    },
    grace: {
      type: "string",
      valueHint: "seconds",
      description: "How long stopping may take after SIGTERM; jobs have all of it but the last 5 s",
      default: "30",
    },
  },
  async run({ queues, concurrency, grace }) {
    const atOnce = concurrency === undefined ? undefined : wholeNumber("--concurrency", concurrency);
    const graceMs = wholeNumber("--grace", grace) * 1000;
    const { kit } = await loadApp(await openCommandContext(), { worker: false });
    const chosen = queues?.split(",").map((queue) => queue.trim());
    await kit.jobs.start({ queues: chosen, concurrency: atOnce });
    printProgress(
      `Running jobs from ${chosen?.join(", ") ?? "all queues"} (${kit.jobs.engine}). Press Ctrl-C to stop.`,
    );
    await untilSignal();
    printProgress("Waiting for running jobs to finish …");
    await kit.close({ graceMs }).catch((error: unknown) => {
      reportFailure(error);
    });
    // A service that couldn't be closed must not keep the process alive.
    process.exit();
  },
});

function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw argumentInvalid({ name, value, expected: "a whole number" });
  return Number(value);
}

/** The first signal shuts down gracefully; a second one kills the process. */
async function untilSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

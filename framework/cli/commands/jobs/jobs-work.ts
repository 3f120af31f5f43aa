import { argumentInvalid } from "../../errors.ts";
import { openCommandContext } from "../../project/command-context.ts";
import { loadApp } from "../../project/load-app.ts";
import { createCommand } from "../../terminal/command.ts";
import { printProgress } from "../../terminal/print.ts";

/** `buffkit jobs:work`: a worker beside the web processes, whose configuration says `worker: false`. */
export const jobsWorkCommand = createCommand({
  args: {
    queues: { type: "string", valueHint: "a,b", description: "Work on these queues alone; on all unless given" },
    concurrency: {
      type: "string",
      valueHint: "n",
      description: "Jobs of each queue at once; as the app says unless given",
    },
    grace: {
      type: "string",
      valueHint: "seconds",
      description: "How long running jobs may take after SIGTERM",
      default: "30",
    },
  },
  async run({ queues, concurrency, grace }) {
    const atOnce = concurrency === undefined ? undefined : wholeNumber("--concurrency", concurrency);
    const graceMs = wholeNumber("--grace", grace) * 1000;
    const { kit } = await loadApp(await openCommandContext(), { worker: false });
    const chosen = queues?.split(",").map((queue) => queue.trim());
    await kit.jobs.start({ queues: chosen, concurrency: atOnce });
    printProgress(`Working on ${chosen?.join(", ") ?? "all queues"} (${kit.jobs.engine}). End with Ctrl-C.`);
    await untilSignal();
    printProgress("Finishing what runs …");
    await kit.jobs.stop({ graceMs });
    await kit.close();
  },
});

function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw argumentInvalid({ name, value, expected: "a whole number" });
  return Number(value);
}

/** The first signal ends in order; a second one ends at once. */
async function untilSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

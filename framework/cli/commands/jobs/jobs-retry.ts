import { argumentMissing, jobUnknown } from "../../errors.ts";
import { openCommandContext } from "../../project/command-context.ts";
import { loadApp } from "../../project/load-app.ts";
import { createCommand } from "../../terminal/command.ts";
import { print, printJson } from "../../terminal/print.ts";

/** `buffkit jobs:retry`: makes dead jobs ready again, with all their attempts. */
export const jobsRetryCommand = createCommand({
  args: {
    id: { type: "positional", required: false, description: "The ids of dead jobs" },
    all: { type: "boolean", description: "Retry all dead jobs" },
    json: { type: "boolean", description: "Print the ids as JSON" },
  },
  takesMore: true,
  async run({ _: ids, all, json }) {
    if (ids.length === 0 && !all)
      throw argumentMissing({ argument: "<id>", description: "the id of a dead job, or --all" });
    const { kit } = await loadApp(await openCommandContext(), { logLevel: "silent", worker: false });
    try {
      const chosen = all ? (await kit.jobs.dead({ limit: 10_000 })).map((job) => job.id) : ids;
      for (const id of chosen) {
        if (!(await kit.jobs.retry(id))) throw jobUnknown({ id });
        if (!json) print(`Retrying ${id}`);
      }
      if (json) printJson({ retried: chosen });
      else if (chosen.length === 0) print("No dead jobs.");
    } finally {
      await kit.close();
    }
  },
});

import type { JobRecord, JobStats } from "../../../jobs/index.ts";
import { openCommandContext } from "../../project/command-context.ts";
import { loadApp } from "../../project/load-app.ts";
import { createCommand } from "../../terminal/command.ts";
import { formatRows } from "../../terminal/format-rows.ts";
import { print, printJson } from "../../terminal/print.ts";

/** `buffkit jobs:stats`: job counts per queue, schedules, and dead jobs with their ids. */
export const jobsStatsCommand = createCommand({
  args: { json: { type: "boolean", description: "Print the counts as JSON" } },
  async run({ json }) {
    const { kit } = await loadApp(await openCommandContext(), { logLevel: "silent", worker: false });
    try {
      const [stats, dead] = await Promise.all([kit.jobs.stats(), kit.jobs.dead()]);
      if (json) printJson({ ...stats, dead });
      else print(formatStats(stats, dead));
    } finally {
      await kit.close();
    }
  },
});

function formatStats({ engine, queues, schedules }: JobStats, dead: readonly JobRecord[]): string {
  const head = ["queue", "ready", "delayed", "running", "done", "dead"];
  const rows = queues.map((counts) =>
    [counts.queue, counts.ready, counts.delayed, counts.running, counts.done, counts.dead].map(String),
  );
  const blocks = [queues.length === 0 ? `No jobs (${engine}).` : formatRows([head, ...rows])];
  if (schedules.length > 0) {
    const next = (at: number | null) => (at === null ? "" : `next ${new Date(at).toISOString()}`);
    const lines = schedules.map(({ key, cron, timeZone, nextRunAt }) => [key, cron, timeZone, next(nextRunAt)]);
    blocks.push(`Schedules\n${formatRows(lines, "  ")}`);
  }
  if (dead.length > 0) {
    const lines = dead.map(({ id, name, lastError }) => [id, name, lastError?.split("\n")[0] ?? ""]);
    blocks.push(`Dead\n${formatRows(lines, "  ")}\n\nRun \`npx buffkit jobs:retry <id>\` to retry one.`);
  }
  return blocks.join("\n\n");
}

import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { liveWays } from "../harness/contenders.ts";
import type { Stage } from "../harness/stage.ts";
import type { LoadReport } from "../load/load-report.ts";
import type { Column, Figures, Scenario, Slice } from "./scenario.ts";

const columns: readonly Column[] = [
  { figure: "cpuMs", heading: "CPU ms/change", digits: 2 },
  { figure: "cpuMsAt1", heading: "at 1/s", digits: 2 },
  { figure: "cpuMsAt100", heading: "at 100/s", digits: 2 },
  { figure: "reads", heading: "queries/change", digits: 2 },
  { figure: "renders", heading: "renders/change", digits: 2 },
  { figure: "p50Ms", heading: "p50 ms", digits: 1 },
  { figure: "p99Ms", heading: "p99 ms", digits: 1 },
  { figure: "p99MsAt100", heading: "p99 ms at 100/s", digits: 1 },
  { figure: "rawBytes", heading: "bytes", digits: 0 },
  { figure: "gzipBytes", heading: "gzipped", digits: 0 },
  { figure: "updates", heading: "updates/change", digits: 2 },
];

const runFigures = z
  .object({
    changes: z.number(),
    cpuMs: z.number(),
    renders: z.number(),
    reads: z.number(),
    bytes: z.number(),
  })
  .nullable();

type RunFigures = NonNullable<z.infer<typeof runFigures>>;

const changesAt = { 1: 8, 10: 30, 100: 200 } as const;
type Rate = keyof typeof changesAt;

/** What it costs to show a change of one row of 100 to everybody who looks at the table. */
function liveTable(viewers: number): Scenario {
  return {
    name: `live-${viewers}`,
    title: `One of 100 rows changes, ${viewers.toLocaleString("en")} viewers, 10 changes a second`,
    columns,
    contenders: liveWays,
    isLong: viewers > 100,
    prepare: async (stage) => {
      if (stage.server.name.startsWith("model-")) return await prepareModel(stage, viewers);
      await change(stage, viewers, 100);
      return async () => await measureChanges(stage, viewers);
    },
  };
}

/** How many changes are enough to measure a model, one of which costs something for each viewer. */
async function prepareModel(stage: Stage, viewers: number): Promise<Slice> {
  const changes = Math.ceil(100 / viewers) + 1;
  const run = async () => await stage.ask(`/go/model?viewers=${viewers}&changes=${changes}`, "POST");
  await run();
  return async () => {
    const { cpuMs, reads } = readFigures(await run());
    return { cpuMs: cpuMs / changes, reads: reads / changes };
  };
}

async function measureChanges(stage: Stage, viewers: number): Promise<Figures> {
  const slow = await change(stage, viewers, 1);
  const { report, figures } = await change(stage, viewers, 10);
  const fast = await change(stage, viewers, 100);
  const packed = viewers === 1 ? await change(stage, viewers, 1, true) : undefined;
  return {
    cpuMs: figures.cpuMs / figures.changes,
    cpuMsAt1: slow.figures.cpuMs / slow.figures.changes,
    cpuMsAt100: fast.figures.cpuMs / fast.figures.changes,
    reads: figures.reads / figures.changes,
    renders: figures.renders / figures.changes,
    p50Ms: report.p50Ms,
    p99Ms: report.p99Ms,
    p99MsAt100: fast.report.p99Ms,
    // One changed row; what follows more closely may be joined.
    rawBytes: slow.figures.bytes / slow.report.deliveries,
    updates: report.deliveries / viewers / figures.changes,
    ...(packed ? { gzipBytes: packed.report.bytes / packed.report.deliveries } : {}),
  };
}

interface Changed {
  readonly report: LoadReport;
  readonly figures: RunFigures;
}

async function change(stage: Stage, viewers: number, rate: Rate, isCompressed = false): Promise<Changed> {
  const report = await stage.load({
    connections: viewers,
    path: await streamOf(stage),
    latency: 1,
    limit: 60,
    // Streams that end count in the server's CPU, so they stay until it has been idle for a second.
    expects: changesAt[rate] + 1,
    quiet: 1.5 + 1.5 / rate,
    broadcast: { events: changesAt[rate], rate },
    ...(isCompressed ? { isCompressed, header: "Accept-Encoding: gzip" } : {}),
  });
  for (;;) {
    const figures = runFigures.parse(JSON.parse(await stage.ask("/figures")));
    if (figures) return { report, figures };
    await sleep(20);
  }
}

function readFigures(text: string): RunFigures {
  const figures = runFigures.parse(JSON.parse(text));
  return figures ?? { changes: 0, cpuMs: Number.NaN, renders: 0, reads: 0, bytes: 0 };
}

/** The stream of a page that is opened now. */
async function streamOf(stage: Stage): Promise<string> {
  if (stage.server.name === "by-hand") return "/events";
  const page = await stage.ask("/live");
  const [, token, at] = /data-live="([^"]+)" data-live-at="([^"]+)"/.exec(page) ?? [];
  return `/events?live=${token}~${at}`;
}

/** The table of 100 rows with few and many viewers. */
export const liveScenarios: readonly Scenario[] = [1, 100, 1000].map(liveTable);

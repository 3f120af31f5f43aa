import type { Load, Stage } from "../harness/stage.ts";
import type { Column, Scenario } from "./scenario.ts";

const columns: readonly Column[] = [
  { figure: "perSecond", heading: "deliveries/s", digits: 0 },
  { figure: "cpuPerMillion", heading: "CPU s/million", digits: 2 },
  { figure: "lost", heading: "lost", digits: 0 },
];

interface FanOut {
  readonly connections: number;
  readonly burst: number;
  readonly size: number;
  /** The maximum number of events in a slice, so that a server that only queues stays within its memory. */
  readonly mostEvents: number;
}

/** How much a server delivers when each turn of its event loop publishes a burst. */
function fanOut(name: string, title: string, shape: FanOut): Scenario {
  return {
    name,
    title,
    columns,
    prepare: async (stage) => {
      const events = await fitEvents(stage, shape);
      return async () => {
        const report = await stage.load(loadOf(shape, events));
        return {
          perSecond: report.perSecond,
          cpuPerMillion: (report.serverCpuSeconds / report.deliveries) * 1e6,
          lost: report.lost,
          clientCpuShare: report.clientCpuSeconds / report.seconds,
        };
      };
    },
  };
}

/** Warms up the server, then determines how many events fill a slice. */
async function fitEvents(stage: Stage, shape: FanOut): Promise<number> {
  const seconds = stage.isQuick ? 0.5 : 0.8;
  const first = Math.min(shape.mostEvents, Math.max(shape.burst, Math.ceil(10_000 / shape.connections)));
  let events = first;
  for (let round = 0; round < 2; round++) {
    const report = await stage.load(loadOf(shape, events));
    const perStream = (report.perSecond * seconds) / shape.connections;
    const most = Math.min(shape.mostEvents, events * 20);
    events = Math.max(first, Math.min(most, Math.round(perStream / shape.burst) * shape.burst));
  }
  return events;
}

function loadOf(shape: FanOut, events: number): Load {
  const { connections, burst, size } = shape;
  const nap = connections === 1 ? 0 : 2000; // one stream is read as fast as it comes, or the client is what is measured
  return { connections, nap, limit: 40, quiet: 12, broadcast: { events, burst, size } };
}

const stream = { connections: 1, burst: 64, mostEvents: 64_000 };

/** Single events, bursts, and one stream. Sizes are bytes of data. */
export const fanOutScenarios: readonly Scenario[] = [
  fanOut("single-100", "Single events, 100 streams", { connections: 100, burst: 1, size: 200, mostEvents: 5000 }),
  fanOut("single-1000", "Single events, 1,000 streams", { connections: 1000, burst: 1, size: 200, mostEvents: 600 }),
  fanOut("single-5000", "Single events, 5,000 streams", { connections: 5000, burst: 1, size: 200, mostEvents: 100 }),
  fanOut("burst-1000", "Bursts of 64, 1,000 streams", { connections: 1000, burst: 64, size: 200, mostEvents: 6400 }),
  fanOut("stream-1k", "One stream, bursts of 64, 1 KB", { ...stream, size: 1024 }),
  fanOut("stream-4k", "One stream, bursts of 64, 4 KB", { ...stream, size: 4096, mostEvents: 32_000 }),
  fanOut("stream-16k", "One stream, bursts of 64, 16 KB", { ...stream, size: 16_384, mostEvents: 8000 }),
];

import type { Column, Scenario } from "./scenario.ts";

const columns: readonly Column[] = [
  { figure: "p99Ms", heading: "p99 ms", digits: 2 },
  { figure: "p50Ms", heading: "p50 ms", digits: 2 },
  { figure: "maxMs", heading: "max ms", digits: 1 },
  { figure: "cpuPerMillion", heading: "CPU s/million", digits: 2 },
  { figure: "lost", heading: "lost", digits: 0 },
];

interface FixedLoad {
  readonly connections: number;
  readonly rate: number;
  readonly seconds: number;
}

/** How long a delivery takes, from `broadcast` to the client, at a load that the better servers can handle. */
function latency(name: string, title: string, { connections, rate, seconds }: FixedLoad): Scenario {
  return {
    name,
    title,
    columns,
    prepare: async (stage) => {
      const load = (length: number) =>
        stage.load({
          connections,
          latency: 1,
          limit: 30,
          quiet: 12,
          broadcast: { events: Math.ceil(rate * length), rate },
        });
      await load(0.5);
      return async () => {
        const report = await load(stage.isQuick ? seconds / 2 : seconds);
        const { p50Ms, p99Ms, maxMs, lost } = report;
        return { p50Ms, p99Ms, maxMs, lost, cpuPerMillion: (report.serverCpuSeconds / report.deliveries) * 1e6 };
      };
    },
  };
}

/** Delays at two fixed loads. */
export const latencyScenarios: readonly Scenario[] = [
  latency("latency-1000", "Delay at 1,000 streams × 20 events/s", { connections: 1000, rate: 20, seconds: 3 }),
  latency("latency-100", "Delay at 100 streams × 1,000 events/s", { connections: 100, rate: 1000, seconds: 2 }),
];

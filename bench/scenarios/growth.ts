import type { LoadReport } from "../load/load-report.ts";
import type { Scenario } from "./scenario.ts";

const few = 1000;
const many = 10_000;

/** Whether a delivery costs more with ten thousand streams in one process. */
export const growth: Scenario = {
  name: "ten-thousand",
  title: "10,000 streams, and what a delivery costs compared with 1,000",
  columns: [
    { figure: "costRatio", heading: "cost ×", digits: 2 },
    { figure: "cpuPerMillionFew", heading: "CPU s/million at 1,000", digits: 2 },
    { figure: "cpuPerMillionMany", heading: "at 10,000", digits: 2 },
    { figure: "perSecond", heading: "deliveries/s at 10,000", digits: 0 },
    { figure: "lost", heading: "lost", digits: 0 },
    { figure: "refused", heading: "refused", digits: 0 },
  ],
  contenders: ["limit", "ours", "ours-each-turn", "res-write", "better-sse"],
  isLong: true,
  prepare: async (stage) => {
    const load = (connections: number, deliveries: number) =>
      stage.load({ connections, nap: 2000, limit: 60, broadcast: { events: Math.ceil(deliveries / connections) } });
    await load(few, 50_000);
    return async () => {
      const cheap = await load(few, 100_000);
      const dear = await load(many, 200_000);
      return {
        costRatio: cpuPerMillion(dear) / cpuPerMillion(cheap),
        cpuPerMillionFew: cpuPerMillion(cheap),
        cpuPerMillionMany: cpuPerMillion(dear),
        perSecond: dear.perSecond,
        lost: dear.lost,
        refused: dear.refused + many - dear.connected,
      };
    };
  },
};

function cpuPerMillion(report: LoadReport): number {
  return (report.serverCpuSeconds / report.deliveries) * 1e6;
}

import type { Scenario } from "./scenario.ts";

const connections = 200;
const stalled = 20;
const size = 16_384;

/** What the others pay when 20 of 200 readers stop reading while 13 MB are sent to each. */
export const stalledReaders: Scenario = {
  name: "stalled",
  title: "20 of 200 readers stalled, 13 MB offered to each",
  columns: [
    { figure: "growthMb", heading: "growth MB", digits: 0 },
    { figure: "p99Ms", heading: "others' p99 ms", digits: 1 },
    { figure: "lost", heading: "others lost", digits: 0 },
    { figure: "offeredMb", heading: "MB offered", digits: 0 },
  ],
  contenders: ["ours", "ours-each-turn", "nchan", "res-write", "better-sse", "transmit", "hono"],
  isFresh: true,
  prepare: async (stage) => {
    await stage.load({ connections, broadcast: { events: 20, size, rate: 50 } });
    return async () => {
      const events = 800;
      const report = await stage.load({
        connections,
        stalled,
        latency: 1,
        limit: 30,
        broadcast: { events, size, rate: 100 },
      });
      return {
        growthMb: (report.peakKb - report.connectedKb) / 1024,
        p99Ms: report.p99Ms,
        lost: report.lost,
        offeredMb: (events * size) / 1e6,
        stalledClosed: report.stalledClosed,
      };
    };
  },
};

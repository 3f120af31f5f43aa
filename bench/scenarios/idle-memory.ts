import type { Scenario } from "./scenario.ts";

/** The resident memory of an idle open stream. */
export const idleMemory: Scenario = {
  name: "idle-memory",
  title: "Memory of an idle stream",
  columns: [
    { figure: "kbPerStream", heading: "KB/stream", digits: 1 },
    { figure: "connectSeconds", heading: "connect s", digits: 2 },
  ],
  contenders: ["ours", "nchan", "res-write", "better-sse", "transmit", "hono"],
  isFresh: true,
  prepare: async (stage) => {
    const connections = stage.isQuick ? 3000 : 5000;
    await stage.load({ connections: 200, settle: 0.2, broadcast: { events: 20 } });
    return async () => {
      const report = await stage.load({ connections, settle: 2 });
      return {
        kbPerStream: (report.connectedKb - report.beforeKb) / connections,
        connectSeconds: report.connectSeconds,
        refused: report.refused,
      };
    };
  },
};

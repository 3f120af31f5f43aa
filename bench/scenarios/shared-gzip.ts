import type { Scenario } from "./scenario.ts";

const few = 20;
const many = 100;
const broadcast = { events: 3200, size: 200, burst: 64, rate: 3200 };

/**
 * Whether each flush is compressed once, rather than once per stream. The rate is fixed, so that the flushes are the same for any
 * number of streams: with shared compression, 100 compressed streams cost little more than 100 plain ones.
 */
export const sharedGzip: Scenario = {
  name: "gzip",
  title: "Compressed streams, bursts of 64, 100 streams: CPU compared with plain ones",
  columns: [
    { figure: "costOverPlain", heading: "cost ×", digits: 2 },
    { figure: "cpuFew", heading: "CPU s at 20", digits: 3 },
    { figure: "cpuMany", heading: "CPU s at 100", digits: 3 },
    { figure: "cpuPlain", heading: "CPU s at 100, plain", digits: 3 },
    { figure: "wireShare", heading: "bytes on the wire / raw", digits: 2 },
    { figure: "lost", heading: "lost", digits: 0 },
  ],
  contenders: ["ours"],
  prepare: async (stage) => {
    const plain = { latency: 0, limit: 40, broadcast } as const;
    const packed = { ...plain, header: "Accept-Encoding: gzip", isCompressed: true };
    await stage.load({ ...packed, connections: few });
    return async () => {
      const little = await stage.load({ ...packed, connections: few });
      const much = await stage.load({ ...packed, connections: many });
      const raw = await stage.load({ ...plain, connections: many });
      return {
        costOverPlain: much.serverCpuSeconds / raw.serverCpuSeconds,
        cpuFew: little.serverCpuSeconds,
        cpuMany: much.serverCpuSeconds,
        cpuPlain: raw.serverCpuSeconds,
        wireShare: much.bytes / raw.bytes,
        lost: much.lost,
      };
    };
  },
};

import { z } from "zod";

const loadReport = z.object({
  /** Streams whose response head arrived, and how many of them had a status other than 200. */
  connected: z.number(),
  refused: z.number(),
  /** Streams that ended before they had received all their events. */
  closedEarly: z.number(),
  connectSeconds: z.number(),
  /** Stamped events that reached streams that keep reading, and how many didn't. */
  deliveries: z.number(),
  lost: z.number(),
  /** Events without a stamp after the trigger: pings, requests to resynchronize. */
  otherEvents: z.number(),
  bytes: z.number(),
  /** From the trigger to the last and to the first event. */
  seconds: z.number(),
  firstSeconds: z.number(),
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  /** CPU time after the trigger: this client, the server, everything else on the machine. */
  clientCpuSeconds: z.number(),
  serverCpuSeconds: z.number(),
  otherCpuSeconds: z.number(),
  /** The server's resident memory before the first stream, with all streams open, at its highest, at the end. */
  beforeKb: z.number(),
  connectedKb: z.number(),
  peakKb: z.number(),
  endKb: z.number(),
  stalledDeliveries: z.number(),
  stalledClosed: z.number(),
});

/** The results of a load client. Both clients print them as one JSON object. */
export type LoadReport = Readonly<z.infer<typeof loadReport>>;

/** Parses the output of a load client; throws a ZodError if it is something else. */
export function parseLoadReport(text: string): LoadReport {
  return loadReport.parse(JSON.parse(text));
}

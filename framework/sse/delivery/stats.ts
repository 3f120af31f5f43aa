/** What the broker counts since it was created. */
export class BrokerCounters {
  broadcasts = 0;
  deliveries = 0;
  bytes = 0;
  flushes = 0;
  flushedEvents = 0;
  resets = 0;
  refused = 0;
  stalled = 0;
  opened = 0;
}

/** A snapshot of the broker, for diagnostics and metrics. */
export interface BrokerStats {
  /** Open streams of pages. */
  readonly connections: number;
  /** Open streams that handlers started with `startSSE`. */
  readonly writers: number;
  /** Streams opened since the start. */
  readonly opened: number;
  readonly broadcasts: number;
  /** Events handed to connections; one broadcast to a thousand streams counts as a thousand. */
  readonly deliveries: number;
  /** Bytes handed to connections, before framing and compression. */
  readonly bytes: number;
  readonly flushes: number;
  /** Average number of events per flush. */
  readonly flushSize: number;
  /** How many broadcasts readers are behind: the maximum, and the 99th percentile. */
  readonly lag: { readonly max: number; readonly p99: number };
  /** Readers that are behind right now. */
  readonly lagging: number;
  /** How often a reader was told that it missed something. */
  readonly resets: number;
  /** Streams refused, for any reason. */
  readonly refused: number;
  /** Streams cut off because the client stopped reading or vanished, or because slow clients held too much memory. */
  readonly stalled: number;
  readonly topics: number;
  /** What the log holds right now and would replay. */
  readonly buffered: { readonly events: number; readonly bytes: number };
  /** Broadcasts with a key that a newer one with the same key replaced in the log. */
  readonly replaced: number;
  /** `away` while Redis can't be reached or doesn't respond: live updates wait. */
  readonly backplane: "up" | "away";
  /** What waits in this process to be sent to the others. */
  readonly waiting: { readonly messages: number; readonly bytes: number };
}

/** The state of the broker that is measured rather than counted. */
export interface Gauges
  extends Pick<BrokerStats, "connections" | "writers" | "topics" | "buffered" | "replaced" | "backplane" | "waiting"> {
  /** How far each lagging reader is behind. */
  readonly lags: readonly number[];
}

export function readStats(counters: BrokerCounters, { lags, ...gauges }: Gauges): BrokerStats {
  const { flushedEvents, ...counted } = counters;
  const sorted = [...lags].sort((a, b) => b - a);
  return {
    ...counted,
    ...gauges,
    flushSize: counted.flushes === 0 ? 0 : flushedEvents / counted.flushes,
    // Readers that keep up are not listed; their lag is zero.
    lag: { max: sorted[0] ?? 0, p99: sorted[Math.floor(gauges.connections * 0.01)] ?? 0 },
    lagging: sorted.length,
  };
}

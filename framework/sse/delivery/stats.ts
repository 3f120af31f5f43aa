import type { BrokerCounters } from "./counters.ts";
import type { Delivery } from "./delivery.ts";
import type { EventLog } from "./event-log.ts";
import type { SubscriberRegistry } from "./subscriber-registry.ts";

/** A look at the broker, for diagnostics and metrics. */
export interface BrokerStats {
  /** Open streams. */
  readonly connections: number;
  /** Streams opened since the start. */
  readonly opened: number;
  readonly broadcasts: number;
  /** Events handed to connections; one broadcast to a thousand counts a thousand. */
  readonly deliveries: number;
  /** Bytes handed to connections, before framing and compression. */
  readonly bytes: number;
  readonly flushes: number;
  /** Events a flush, on average. */
  readonly flushSize: number;
  /** How many broadcasts a reader is behind: of all readers the most, and what 99 of 100 stay within. */
  readonly lag: { readonly max: number; readonly p99: number };
  /** Readers behind at this moment. */
  readonly lagging: number;
  /** How often a reader was told that it missed something. */
  readonly resets: number;
  /** Streams refused, for whatever reason. */
  readonly refused: number;
  /** Streams ended because their client had stopped reading or had vanished without a word, or because too much waited for slow ones. */
  readonly stalled: number;
  readonly topics: number;
  /** What the log holds at this moment. */
  readonly buffered: { readonly events: number; readonly bytes: number };
  readonly backplane: "up" | "away";
}

export interface StatsSources {
  readonly log: EventLog;
  readonly registry: SubscriberRegistry;
  readonly counters: BrokerCounters;
  readonly delivery: Delivery;
  readonly backplane: "up" | "away";
}

export function readStats({ log, registry, counters, delivery, backplane }: StatsSources): BrokerStats {
  const lags = [...delivery.lagging].map((subscriber) => delivery.lagOf(subscriber)).sort((a, b) => b - a);
  const { broadcasts, deliveries, bytes, flushes, resets, refused, stalled, opened } = counters;
  return {
    connections: registry.size,
    opened,
    broadcasts,
    deliveries,
    bytes,
    flushes,
    flushSize: flushes === 0 ? 0 : counters.flushedEvents / flushes,
    // Those who do not lag are not listed: theirs is zero.
    lag: { max: lags[0] ?? 0, p99: lags[Math.floor(registry.size * 0.01)] ?? 0 },
    lagging: lags.length,
    resets,
    refused,
    stalled,
    topics: registry.topicCount,
    buffered: { events: log.head - log.tail, bytes: log.bytes },
    backplane,
  };
}

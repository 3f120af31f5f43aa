import type { Context } from "hono";
import type { Clock, Logger } from "../base/index.ts";
import type { Backplane } from "./backplane/backplane.ts";
import type { HeaderRecord } from "./connection/stream-headers.ts";
import type { FlushWindow } from "./delivery/flush-schedule.ts";

/** Who is behind a stream. An empty object is an anonymous visitor. */
export interface Identity {
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** When the session ends, milliseconds since the Unix epoch; the stream does not outlive it. */
  readonly expiresAt?: number | undefined;
}

/** Bounds of the broker. `Infinity` switches one off. */
export interface BrokerLimits {
  /** Streams of this process; 20,000 unless given. Beyond: 503. */
  readonly connections: number;
  /** Streams of one user; 10 unless given. Beyond: 429. */
  readonly connectionsPerUser: number;
  /** Streams of one network address, where `clientAddress` is given; 100 unless given. Beyond: 429. */
  readonly connectionsPerAddress: number;
  /** Topics that one stream may ask for; 128 unless given. Beyond: 429. */
  readonly topics: number;
  /**
   * Bytes that wait in this process for clients that have taken nothing for 100 ms, counted for each stream, shared or not; 256 MiB
   * unless given. Beyond, those that have taken nothing for longest are cut off; they can resume where they stopped.
   */
  readonly waitingBytes: number;
  /** Recent events kept for replay: 8,192 unless given … */
  readonly logEntries: number;
  /** … and 32 MiB … */
  readonly logBytes: number;
  /** … and 5 minutes, whichever is reached first. */
  readonly logAgeMs: number;
}

export const standardLimits: BrokerLimits = {
  connections: 20_000,
  connectionsPerUser: 10,
  connectionsPerAddress: 100,
  topics: 128,
  waitingBytes: 256 * 1024 * 1024,
  logEntries: 8192,
  logBytes: 32 * 1024 * 1024,
  logAgeMs: 5 * 60_000,
};

/** Somebody came to a topic, as the first of their streams on any node, or left it with the last. */
export interface PresenceChange {
  readonly topic: string;
  /** The id of a user; `connection:<id>` for a visitor without one. */
  readonly member: string;
  readonly isHere: boolean;
}

export interface PresenceOptions {
  /** The topics of which is kept who listens. Who listens there hears of the others by `bk:presence`. */
  readonly watches: (topic: string) => boolean;
  /** Called with each change, on one node only. */
  readonly onChange?: (change: PresenceChange) => void | Promise<void>;
  /** How long somebody may be away before they have left: a new page, a short cut of the line; 3,000 unless given. */
  readonly graceMs?: number;
}

export interface BrokerOptions {
  /** Nothing is logged unless given. */
  readonly log?: Logger;
  readonly clock?: Clock;
  /** Warn about what looks like a mistake; off unless given. */
  readonly dev?: boolean;
  /** Who is behind a request; null for nobody, who gets no stream. Without it everybody is an anonymous visitor. */
  readonly identify?: (c: Context) => Identity | null | Promise<Identity | null>;
  /** Whether the client may listen to a topic that it asks for; without it, and when it throws, never. */
  readonly authorizeTopic?: (c: Context, topic: string) => boolean | Promise<boolean>;
  /** The security headers of the stream, which middleware cannot add. */
  readonly headers?: (c: Context) => HeaderRecord;
  /** Holds an action until the transaction under way commits: true if held, false if there is none and it ran at once. */
  readonly afterCommit?: (action: () => void | Promise<void>) => boolean;
  /** The address that `connectionsPerAddress` counts. */
  readonly clientAddress?: (c: Context) => string;
  readonly limits?: Partial<BrokerLimits>;
  /** Where a page without a session is sent; `/login` unless given. */
  readonly loginPath?: string;
  /** How often each stream gets a `bk:ping`; 25,000 unless given. */
  readonly heartbeatMs?: number;
  /**
   * How long broadcasts are gathered before they are sent together; 0, one turn of the event loop, unless given. As a function: by
   * topic, null for everybody. The order stays: what may wait is taken along by what may not.
   */
  readonly flushMs?: FlushWindow;
  /**
   * The part of the event loop's time that sending may take while broadcasts go on to follow one another without a pause, above 0 and
   * up to 1; 0.5 unless given. What would be more is gathered and sent together, so that requests are answered meanwhile. Up to 50 ms
   * of sending go out at once. With 1 each turn of the event loop sends what it has.
   */
  readonly flushShare?: number;
  /** When a client that reads nothing is cut off; 10,000 unless given. It can resume where it stopped. */
  readonly stallMs?: number;
  /** How long a stream lives, give or take a tenth; 9 minutes unless given. Its client reconnects and misses nothing. */
  readonly maxLifeMs?: number;
  /** When clients come back after a lost stream; 1,000 unless given. */
  readonly retryMs?: number;
  /** Over how long the reconnects spread that a closing broker causes; 10,000 unless given. */
  readonly spreadMs?: number;
  /** Compress for clients that accept it, once for all of them; off unless given. */
  readonly gzip?: boolean;
  /** Which topics know who listens to them (`broker.presence`); none unless given. */
  readonly presence?: PresenceOptions;
  /** The order that several nodes share; this process alone unless given. */
  readonly backplane?: Backplane;
  /** Shorthand for a backplane in a Redis Stream at this address. */
  readonly redisUrl?: string | undefined;
  /** The key of that stream; `buffkit:events` unless given. */
  readonly redisKey?: string;
}

import type { Context } from "hono";
import { type Clock, type Logger, randomToken, silentLogger, systemClock } from "../base/index.ts";
import { createSigner, type Signer } from "../secure/index.ts";
import type { Backplane } from "./backplane/backplane.ts";
import { MemoryBackplane } from "./backplane/memory-backplane.ts";
import { RedisBackplane } from "./backplane/redis-backplane.ts";
import type { HeaderRecord } from "./connection/stream-headers.ts";
import type { FlushWindow } from "./delivery/flush-schedule.ts";
import type { RegionFeed } from "./stream/region-feed.ts";

/** Who is behind a stream. An empty object is an anonymous visitor. */
export interface Identity {
  readonly userId?: string;
  readonly sessionId?: string;
  /** When the session ends, in milliseconds since the Unix epoch; the stream ends no later. */
  readonly expiresAt?: number;
}

/** Limits of the broker. `Infinity` turns one off. */
export interface BrokerLimits {
  /** Streams in this process; beyond it: 503. Default: 20,000. */
  readonly connections: number;
  /** Streams per user; beyond it: 429. Default: 10. */
  readonly connectionsPerUser: number;
  /** Streams per IPv4 address or IPv6 network (/64), if `clientAddress` is set; beyond it: 429. Default: 100. */
  readonly connectionsPerAddress: number;
  /** Topics that one stream may ask for; beyond it: 429. Default: 128. */
  readonly topics: number;
  /**
   * Bytes waiting in this process for clients that have taken nothing for 100 ms, counted per stream, shared or not. Beyond it, the
   * slowest clients are cut off; they can resume where they stopped. Default: 256 MiB.
   */
  readonly waitingBytes: number;
  /** Messages that may wait in this process while Redis is away; beyond it, `broadcast` rejects with SSE_BACKPLANE_FULL. Default: 10,000 … */
  readonly backplaneMessages: number;
  /** … and the memory that they may take, two bytes for each character. Default: 32 MiB. */
  readonly backplaneBytes: number;
  /** How many recent events are kept for replay. Default: 8,192 … */
  readonly logEntries: number;
  /** … or 32 MiB … */
  readonly logBytes: number;
  /** … or 5 minutes, whichever is reached first. */
  readonly logAgeMs: number;
}

/** A member joined a topic with their first stream on any node, or left it with their last. */
export interface PresenceChange {
  readonly topic: string;
  /** The id of a user, or `connection:<id>` for an anonymous visitor. */
  readonly member: string;
  readonly isHere: boolean;
}

export interface PresenceOptions {
  /** The topics whose listeners are tracked. They are told about each other with `bk:presence`. */
  readonly watches: (topic: string) => boolean;
  /** Called for each change, on one node only. */
  readonly onChange?: (change: PresenceChange) => void | Promise<void>;
  /** How long a member may be away before they count as gone, e.g. for a page load or a short network failure. Default: 3,000. */
  readonly graceMs?: number;
}

export interface BrokerOptions {
  /** Default: no logging. */
  readonly log?: Logger;
  readonly clock?: Clock;
  /** Warn about likely mistakes. Default: false. */
  readonly dev?: boolean;
  /** Who is behind a request; null refuses the stream. Default: everyone is an anonymous visitor. */
  readonly identify?: (c: Context) => Identity | null | Promise<Identity | null>;
  /** Whether the client may listen to a topic that it asks for. Topics are refused without it, and when it throws. */
  readonly authorizeTopic?: (c: Context, topic: string) => boolean | Promise<boolean>;
  /** What the log says about a refused topic, and in development the response as well. */
  readonly explainRefusal?: (topic: string) => string;
  /** In development: what the log says about a broadcast to a topic, such as that nobody may listen to it. Default: nothing. */
  readonly warnAboutTopic?: (topic: string) => string | undefined;
  /** Security headers for the stream, which middleware cannot add. */
  readonly headers?: (c: Context) => HeaderRecord;
  /** Defers an action until the current transaction commits. Returns false if there is none and the action ran at once. */
  readonly afterCommit?: (action: () => void | Promise<void>) => boolean;
  /** The address that `connectionsPerAddress` counts by. */
  readonly clientAddress?: (c: Context) => string;
  /** Proves which topics a page was rendered with; nodes of one app need the same secret. Default: a random one. */
  readonly signer?: Pick<Signer, "mac">;
  readonly limits?: Partial<BrokerLimits>;
  /** Where a page without a session is sent. Default: `/login`. */
  readonly loginPath?: string;
  /** How often each stream gets a `bk:ping`. Default: 25,000. */
  readonly heartbeatMs?: number;
  /**
   * How long broadcasts are collected before they are sent together. Default: 0, one turn of the event loop. As a function: by topic,
   * null for everyone. Order is kept: broadcasts that may wait go out with those that may not.
   */
  readonly flushMs?: FlushWindow;
  /**
   * The share of the event loop's time that sending may take while broadcasts follow one another without a pause, above 0 and up to 1.
   * Sending beyond that is batched, so that requests are still answered. The first 50 ms are not limited. With 1, each turn of the
   * event loop sends what it has. Default: 0.5.
   */
  readonly flushShare?: number;
  /** When a client that reads nothing is cut off; it can resume where it stopped. Default: 10,000. */
  readonly stallMs?: number;
  /** How long a stream lives, plus or minus 10 %; its client reconnects and misses nothing. Default: 9 minutes. */
  readonly maxLifeMs?: number;
  /** How long clients wait before they reconnect. Default: 1,000. */
  readonly retryMs?: number;
  /** Over how long the reconnects of up to 250 clients a second are spread at most when the process stops. Default: 10,000. */
  readonly spreadMs?: number;
  /** Compress for clients that accept it, once for all of them. Default: false. */
  readonly gzip?: boolean;
  /** Keeps live regions of pages up to date. Default: there are none. */
  readonly regions?: RegionFeed;
  /** Which topics track their listeners (`broker.presence`). Default: none. */
  readonly presence?: PresenceOptions;
  /** Connects several nodes. Default: this process alone. */
  readonly backplane?: Backplane;
  /** Shorthand for a backplane on a Redis Stream at this URL. */
  readonly redisUrl?: string;
  /** How long the first connection to Redis may take. Default: 5,000. */
  readonly connectTimeoutMs?: number;
  /** The key of that stream; see `RedisBackplaneOptions`. */
  readonly redisKey?: string;
}

/** What the options of a broker come to, with every default filled in; null where a feature is off. */
export interface BrokerSettings
  extends Required<
    Omit<
      BrokerOptions,
      | "limits"
      | "authorizeTopic"
      | "afterCommit"
      | "presence"
      | "connectTimeoutMs"
      | "regions"
      | "redisUrl"
      | "redisKey"
    >
  > {
  readonly limits: BrokerLimits;
  readonly authorizeTopic: NonNullable<BrokerOptions["authorizeTopic"]> | null;
  readonly afterCommit: NonNullable<BrokerOptions["afterCommit"]> | null;
  readonly presence: Required<PresenceOptions> | null;
  readonly regions: RegionFeed | null;
  /** Whether there is no other node that clients can reconnect to. */
  readonly isAlone: boolean;
}

export const standardLimits: BrokerLimits = {
  connections: 20_000,
  connectionsPerUser: 10,
  connectionsPerAddress: 100,
  topics: 128,
  waitingBytes: 256 * 1024 * 1024,
  backplaneMessages: 10_000,
  backplaneBytes: 32 * 1024 * 1024,
  logEntries: 8192,
  logBytes: 32 * 1024 * 1024,
  logAgeMs: 5 * 60_000,
};

/** The one place that knows the defaults. */
export function resolveBrokerOptions(options: BrokerOptions): BrokerSettings {
  const { log = silentLogger, presence } = options;
  return {
    log,
    clock: options.clock ?? systemClock,
    dev: options.dev ?? false,
    identify: options.identify ?? (() => ({})),
    authorizeTopic: options.authorizeTopic ?? null,
    explainRefusal: options.explainRefusal ?? (() => "authorizeTopic refused it"),
    warnAboutTopic: options.warnAboutTopic ?? (() => undefined),
    headers: options.headers ?? (() => ({})),
    afterCommit: options.afterCommit ?? null,
    clientAddress: options.clientAddress ?? (() => ""),
    signer: options.signer ?? createSigner([randomToken(32)]),
    limits: { ...standardLimits, ...options.limits },
    loginPath: options.loginPath ?? "/login",
    heartbeatMs: options.heartbeatMs ?? 25_000,
    flushMs: options.flushMs ?? 0,
    flushShare: options.flushShare ?? 0.5,
    stallMs: options.stallMs ?? 10_000,
    maxLifeMs: options.maxLifeMs ?? 9 * 60_000,
    retryMs: options.retryMs ?? 1000,
    spreadMs: options.spreadMs ?? 10_000,
    gzip: options.gzip ?? false,
    presence: presence ? resolvePresence(presence) : null,
    regions: options.regions ?? null,
    backplane: options.backplane ?? openBackplane(options, log),
    isAlone: options.backplane === undefined && !options.redisUrl,
  };
}

function resolvePresence({ watches, onChange = () => undefined, graceMs = 3000 }: PresenceOptions) {
  return { watches, onChange, graceMs };
}

function openBackplane(options: BrokerOptions, log: Logger): Backplane {
  const { redisUrl: url, redisKey: key, limits, connectTimeoutMs } = options;
  if (!url) return new MemoryBackplane();
  const { backplaneMessages: maxWaiting, backplaneBytes: maxWaitingBytes } = { ...standardLimits, ...limits };
  return new RedisBackplane({ url, key, log, maxWaiting, maxWaitingBytes, connectTimeoutMs });
}

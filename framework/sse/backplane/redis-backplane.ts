import { type Logger, randomToken, reasonOf, silentLogger } from "../../base/index.ts";
import { type OpenRedisOptions, openRedis, type Redis } from "../../redis/index.ts";
import { backplaneFull, backplaneUnreachable, brokerClosed } from "../errors.ts";
import { compareEventIds, type EventId, parseEventId } from "../event/event-id.ts";
import type { Backplane, BackplaneMessage, BackplaneReceiver } from "./backplane.ts";
import { formatRedisEntry } from "./redis-entry.ts";
import { RedisReader } from "./redis-reader.ts";

export interface RedisBackplaneOptions {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  readonly log?: Logger;
  /** The key of the stream; `buffkit:events` unless given. One for each app that shares a Redis. */
  readonly key?: string;
  /** About how many entries the stream keeps; 20,000 unless given. */
  readonly maxEntries?: number;
  /** How many recent entries a starting node loads; 8,192 unless given. */
  readonly loadEntries?: number;
  /** How many messages wait while Redis is away; 10,000 unless given. Beyond, `publish` rejects with SSE_BACKPLANE_FULL. */
  readonly maxWaiting?: number;
  /** How long the first connection may take; 5,000 unless given. */
  readonly connectTimeoutMs?: number;
}

const reachMs = 2000;
const longestRetryMs = 500;

/**
 * The order of a Redis Stream: the ids of its entries are the ids of the events, so that a client can reconnect to any node.
 * While Redis is away messages wait, in order; what a broken connection makes doubtful is sent again and dropped as a duplicate
 * by whoever has it.
 */
export class RedisBackplane implements Backplane {
  readonly #options: RedisBackplaneOptions;
  readonly #log: Logger;
  readonly #key: string;
  readonly #publisher = randomToken(9);
  #writer: Redis | undefined;
  #blocking: Redis | undefined;
  #reader: RedisReader | undefined;
  #count = 0;
  #waiting = 0;
  #isAwayLogged = false;

  constructor(options: RedisBackplaneOptions) {
    this.#options = options;
    this.#log = options.log ?? silentLogger;
    this.#key = options.key ?? "buffkit:events";
  }

  get state(): "up" | "away" {
    return this.#writer?.status === "ready" ? "up" : "away";
  }

  async start(receiver: BackplaneReceiver): Promise<void> {
    // The writer sends again what was under way; the reader must look for gaps first, so its commands fail at once.
    this.#writer = await this.#connect({ maxRetriesPerRequest: null });
    this.#blocking = await this.#connect({ maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false });
    this.#reader = new RedisReader({
      redis: this.#blocking,
      key: this.#key,
      receiver,
      log: this.#log,
      loadEntries: this.#options.loadEntries ?? 8192,
      mark: () => this.#add(null),
    });
    await this.#reader.load();
    void this.#reader.follow();
  }

  async publish(message: BackplaneMessage): Promise<string> {
    if (this.#waiting >= (this.#options.maxWaiting ?? 10_000)) throw backplaneFull({ waiting: this.#waiting });
    return await this.#add(message);
  }

  async reach(id: EventId): Promise<boolean> {
    if (this.#writer === undefined || this.#reader === undefined) return false;
    if (compareEventIds(id, this.#reader.last) <= 0) return true;
    if (this.state === "away") return false;
    const [newest] = await this.#writer.xrevrange(this.#key, "+", "-", "COUNT", 1);
    const newestId = parseEventId(newest?.[0]);
    if (newestId === null || compareEventIds(id, newestId) > 0) return false;
    return await this.#reader.reached(id, reachMs);
  }

  async close(): Promise<void> {
    this.#reader?.stop();
    this.#blocking?.disconnect();
    const writer = this.#writer;
    this.#writer = undefined;
    if (writer?.status === "ready") await writer.quit().catch(() => undefined);
    writer?.disconnect();
  }

  /** Commands leave in the order of the calls: pipelined when connected, from ioredis's own queue when not. */
  async #add(message: BackplaneMessage | null): Promise<string> {
    const writer = this.#writer;
    if (writer === undefined) throw brokerClosed();
    this.#count += 1;
    const fields = formatRedisEntry({ publisher: this.#publisher, count: this.#count, message });
    this.#waiting += 1;
    try {
      const id = await writer.xadd(this.#key, "MAXLEN", "~", this.#options.maxEntries ?? 20_000, "*", ...fields);
      return id ?? "";
    } finally {
      this.#waiting -= 1;
    }
  }

  async #connect(options: OpenRedisOptions): Promise<Redis> {
    const client = await openRedis(this.#options.url, {
      ...options,
      lazyConnect: true,
      connectTimeout: this.#options.connectTimeoutMs ?? 5000,
      retryStrategy: (attempt) => Math.min(longestRetryMs, attempt * 50),
      onError: (error) => this.#logAway(error),
    });
    client.on("ready", () => {
      this.#isAwayLogged = false;
    });
    try {
      await client.connect();
    } catch (cause) {
      client.disconnect();
      await this.close();
      throw backplaneUnreachable({ reason: reasonOf(cause), cause });
    }
    return client;
  }

  /** Once an outage, not once an attempt. */
  #logAway(error: unknown): void {
    if (this.#isAwayLogged) return;
    this.#isAwayLogged = true;
    this.#log.error({ err: error }, "Redis is away; broadcasts wait for it");
  }
}

import { type Logger, randomToken, reasonOf, silentLogger } from "../../base/index.ts";
import { type OpenRedisOptions, openRedis, type Redis } from "../../redis/index.ts";
import { backplaneFull, backplaneUnreachable, brokerClosed } from "../errors.ts";
import { compareEventIds, type EventId, parseEventId } from "../event/wire-format.ts";
import type { Backplane, BackplaneMessage, BackplaneReceiver } from "./backplane.ts";
import { formatRedisEntry } from "./redis-entry.ts";
import { RedisReader } from "./redis-reader.ts";

export interface RedisBackplaneOptions {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  readonly log?: Logger;
  /** The key of the stream; apps that share a Redis need different ones. Default: `buffkit:events`. */
  readonly key?: string;
  /** How many entries the stream keeps, approximately. Default: 20,000. */
  readonly maxEntries?: number;
  /** How many recent entries a starting node loads. Default: 8,192. */
  readonly loadEntries?: number;
  /** How many messages may wait while Redis is down; beyond it, `publish` rejects with SSE_BACKPLANE_FULL. Default: 10,000. */
  readonly maxWaiting?: number;
  /** How long the first connection may take. Default: 5,000. */
  readonly connectTimeoutMs?: number;
}

const reachMs = 2000;
const longestRetryMs = 500;

/**
 * Connects nodes with a Redis Stream. The ids of its entries are the ids of the events, so a client can reconnect to any node. While
 * Redis is down, messages wait in order. A message whose connection broke may be sent twice; nodes that have it drop the duplicate.
 */
export class RedisBackplane implements Backplane {
  readonly #settings: Required<RedisBackplaneOptions>;
  readonly #publisher = randomToken(9);
  #writer: Redis | undefined;
  #blocking: Redis | undefined;
  #reader: RedisReader | undefined;
  #count = 0;
  #waiting = 0;
  #isAwayLogged = false;

  constructor(options: RedisBackplaneOptions) {
    this.#settings = {
      url: options.url,
      log: options.log ?? silentLogger,
      key: options.key ?? "buffkit:events",
      maxEntries: options.maxEntries ?? 20_000,
      loadEntries: options.loadEntries ?? 8192,
      maxWaiting: options.maxWaiting ?? 10_000,
      connectTimeoutMs: options.connectTimeoutMs ?? 5000,
    };
  }

  get state(): "up" | "away" {
    return this.#writer?.status === "ready" ? "up" : "away";
  }

  async start(receiver: BackplaneReceiver): Promise<void> {
    // The writer resends commands that were in flight; the reader must look for gaps first, so its commands fail at once.
    this.#writer = await this.#connect({ maxRetriesPerRequest: null });
    this.#blocking = await this.#connect({ maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false });
    const { key, log, loadEntries } = this.#settings;
    const redis = this.#blocking;
    this.#reader = new RedisReader({ redis, key, receiver, log, loadEntries, mark: () => this.#add(null) });
    await this.#reader.load();
    void this.#reader.follow();
  }

  async publish(message: BackplaneMessage): Promise<string> {
    if (this.#waiting >= this.#settings.maxWaiting) throw backplaneFull({ waiting: this.#waiting });
    return await this.#add(message);
  }

  async reach(id: EventId): Promise<boolean> {
    if (this.#writer === undefined || this.#reader === undefined) return false;
    if (compareEventIds(id, this.#reader.last) <= 0) return true;
    if (this.state === "away") return false;
    const [newest] = await this.#writer.xrevrange(this.#settings.key, "+", "-", "COUNT", 1);
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

  /** Commands are sent in call order: pipelined when connected, otherwise from ioredis's own queue. */
  async #add(message: BackplaneMessage | null): Promise<string> {
    const writer = this.#writer;
    if (writer === undefined) throw brokerClosed();
    this.#count += 1;
    const { key, maxEntries } = this.#settings;
    const fields = formatRedisEntry({ publisher: this.#publisher, count: this.#count, message });
    this.#waiting += 1;
    try {
      const id = await writer.xadd(key, "MAXLEN", "~", maxEntries, "*", ...fields);
      return id ?? "";
    } finally {
      this.#waiting -= 1;
    }
  }

  async #connect(options: OpenRedisOptions): Promise<Redis> {
    const client = await openRedis(this.#settings.url, {
      ...options,
      lazyConnect: true,
      connectTimeout: this.#settings.connectTimeoutMs,
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

  /** Once per outage, not once per attempt. */
  #logAway(error: unknown): void {
    if (this.#isAwayLogged) return;
    this.#isAwayLogged = true;
    this.#settings.log.error({ err: error }, "Redis is down; broadcasts wait until it is back");
  }
}

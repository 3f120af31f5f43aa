import { type Logger, reasonOf, silentLogger } from "../../base/index.ts";
import { openRedis, type Redis } from "../../redis/index.ts";
import { backplaneUnreachable, brokerClosed } from "../errors.ts";
import { compareEventIds, type EventId, parseEventId, zeroEventId } from "../event/wire-format.ts";
import type { Backplane, BackplaneMessage, BackplaneReceiver, WaitingMessages } from "./backplane.ts";
import { joinOrder } from "./redis-order.ts";
import { RedisOutbox } from "./redis-outbox.ts";
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
  /** How many messages may wait while Redis is away; beyond it, `publish` rejects with SSE_BACKPLANE_FULL. Default: 10,000 … */
  readonly maxWaiting?: number;
  /** … and how many bytes of memory they may take, two for each character. A single message may be larger. Default: 32 MiB. */
  readonly maxWaitingBytes?: number;
  /**
   * How long nodes have to read a broadcast with a key after a newer one replaced it; then it is deleted from the stream. Default: 10,000.
   */
  readonly keepReplacedMs?: number;
  /** How long `publish` waits for Redis before it resolves with an empty id; the message stays in line. Default: 500. */
  readonly answerMs?: number;
  /** How long the first connection may take. Default: 5,000. */
  readonly connectTimeoutMs?: number;
}

const reachMs = 1500;
const partingMs = 1000;
const longestRetryMs = 500;

/**
 * Connects nodes with a Redis Stream. The ids of its entries are the ids of the events, so a client can reconnect to any node. While
 * Redis is away, messages wait in order. A message whose connection broke may be sent twice; nodes that have it drop the duplicate.
 */
export class RedisBackplane implements Backplane {
  readonly #settings: Required<RedisBackplaneOptions>;
  readonly #outbox: RedisOutbox;
  #writer: Redis | undefined;
  #blocking: Redis | undefined;
  #reader: RedisReader | undefined;
  #isWriting = false;
  #isClosed = false;
  #awaySince: number | undefined;

  constructor(options: RedisBackplaneOptions) {
    this.#settings = {
      url: options.url,
      log: options.log ?? silentLogger,
      key: options.key ?? "buffkit:events",
      maxEntries: options.maxEntries ?? 20_000,
      loadEntries: options.loadEntries ?? 8192,
      maxWaiting: options.maxWaiting ?? 10_000,
      maxWaitingBytes: options.maxWaitingBytes ?? 32 * 1024 * 1024,
      keepReplacedMs: options.keepReplacedMs ?? 10_000,
      answerMs: options.answerMs ?? 500,
      connectTimeoutMs: options.connectTimeoutMs ?? 5000,
    };
    this.#outbox = new RedisOutbox(this.#settings);
  }

  get state(): "up" | "away" {
    return this.#isWriting && this.#reader?.isReading === true ? "up" : "away";
  }

  get waiting(): WaitingMessages {
    return this.#outbox.waiting;
  }

  async start(receiver: BackplaneReceiver): Promise<void> {
    const { key, log, loadEntries, maxEntries } = this.#settings;
    try {
      const writer = await this.#connect();
      this.#writer = writer;
      await this.#joinWith(writer);
      writer.on("ready", () => void this.#rejoin(writer));
      const redis = await this.#connect();
      this.#blocking = redis;
      const onChange = () => this.#report();
      this.#reader = new RedisReader({ redis, key, receiver, log, loadEntries, maxEntries, onChange });
      await this.#reader.start();
    } catch (cause) {
      await this.close();
      throw backplaneUnreachable({ reason: reasonOf(cause), cause });
    }
  }

  publish(message: BackplaneMessage): Promise<string> {
    return this.#isClosed ? Promise.reject(brokerClosed()) : this.#outbox.add(message);
  }

  async reach(id: EventId): Promise<boolean> {
    const [writer, reader] = [this.#writer, this.#reader];
    if (writer === undefined || reader === undefined) return false;
    if (compareEventIds(id, reader.last) <= 0) return true;
    if (this.state === "away") return false;
    const isKnown = async () => {
      const [newest] = await writer.xrevrange(this.#settings.key, "+", "-", "COUNT", 1);
      const newestId = parseEventId(newest?.[0]);
      return newestId !== null && compareEventIds(id, newestId) <= 0;
    };
    // Read at the same time, so that a server that hangs costs the wait only once.
    const reached = reader.reached(id, reachMs);
    const isUnknown = isKnown().then(
      (known) => (known ? reached : false),
      () => false,
    );
    return await Promise.race([reached, isUnknown]);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#reader?.stop();
    this.#blocking?.disconnect();
    await this.#outbox.close(partingMs);
    this.#writer?.disconnect();
    this.#writer = undefined;
  }

  /** Nothing is sent before it is certain that nodes will notice what is missing. */
  async #joinWith(writer: Redis): Promise<void> {
    const { key, maxEntries } = this.#settings;
    // The server knows what it has; only a reader knows what it should have.
    const last = this.#reader?.last ?? zeroEventId;
    await joinOrder(writer, { key, last, maxEntries });
    this.#isWriting = true;
    this.#outbox.connect(writer);
  }

  async #rejoin(writer: Redis): Promise<void> {
    try {
      await this.#joinWith(writer);
      this.#report();
    } catch {
      // It broke again, or is a replica. The next attempt is a connection later.
      if (writer.status === "ready") setTimeout(() => writer.disconnect(true), longestRetryMs).unref();
    }
  }

  async #connect(): Promise<Redis> {
    const redis = await openRedis(this.#settings.url, {
      lazyConnect: true,
      connectTimeout: this.#settings.connectTimeoutMs,
      retryStrategy: (attempt) => Math.min(longestRetryMs, attempt * 50),
      // Both sides remember themselves where they stopped; what was sent twice or too late would only confuse them.
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
    });
    try {
      await new Promise<void>((resolve, reject) => {
        redis.once("error", reject);
        // ioredis stops counting once TCP is connected.
        const expired = AbortSignal.timeout(this.#settings.connectTimeoutMs);
        expired.addEventListener("abort", () => reject(expired.reason));
        redis.connect().then(resolve, reject);
      });
    } catch (cause) {
      redis.disconnect();
      throw cause;
    }
    redis.on("close", () => {
      if (redis === this.#writer) {
        this.#isWriting = false;
        this.#outbox.disconnect();
      }
      this.#report();
    });
    return redis;
  }

  /** Once per outage, not once per attempt. */
  #report(): void {
    if (this.#isClosed) return;
    const { log } = this.#settings;
    if (this.state === "away" && this.#awaySince === undefined) {
      this.#awaySince = performance.now();
      log.error(this.waiting, "Redis is away; live updates wait until it is back");
    } else if (this.state === "up" && this.#awaySince !== undefined) {
      const awayMs = Math.round(performance.now() - this.#awaySince);
      this.#awaySince = undefined;
      log.info({ awayMs, waiting: this.waiting.messages }, "Redis is back");
    }
  }
}

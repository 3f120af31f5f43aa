import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "../../base/index.ts";
import type { Redis } from "../../redis/index.ts";
import { compareEventIds, type EventId, parseEventId, zeroEventId } from "../event/wire-format.ts";
import type { BackplaneReceiver } from "./backplane.ts";
import { PublisherCounts } from "./publisher-counts.ts";
import { parseRedisEntry } from "./redis-entry.ts";
import { joinOrder } from "./redis-order.ts";
import { areDeleted, loadDeleted, maxMissing, numberOf } from "./redis-replacements.ts";

export interface RedisReaderParts {
  /** A separate connection, because reading blocks. */
  readonly redis: Redis;
  readonly key: string;
  readonly receiver: BackplaneReceiver;
  readonly log: Logger;
  /** How many recent entries are loaded at startup. */
  readonly loadEntries: number;
  readonly maxEntries: number;
  /** Called when reading starts to fail, and when it works again. */
  readonly onChange: () => void;
}

interface KnownOfServer {
  readonly now?: number;
  readonly deleted?: ReadonlySet<string>;
}

const batch = 1000;
const blockMs = 1000;
const retryMs = 100;

/** Follows the Redis Stream entry by entry, and resets this node's order wherever entries may be missing. */
export class RedisReader {
  /** The newest entry received. */
  last: EventId = zeroEventId;
  readonly #parts: RedisReaderParts;
  readonly #counts = new PublisherCounts();
  readonly #waiting = new Set<{ readonly id: EventId; readonly reached: () => void }>();
  #lastId = "0-0";
  #isReading = false;
  #isStopped = false;

  constructor(parts: RedisReaderParts) {
    this.#parts = parts;
  }

  /** Whether what other nodes send arrives. */
  get isReading(): boolean {
    return this.#isReading && this.#parts.redis.status === "ready";
  }

  /** Loads the recent entries and starts this node's order with them. */
  async start(): Promise<void> {
    await this.#join();
    if (this.#lastId === "0-0") await this.#load();
    this.#setReading(true);
    void this.#follow();
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves to true once an entry that is still to come has been received, or to false after `withinMs`. */
  reached(id: EventId, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter = { id, reached: () => settle(true) };
      const timer = setTimeout(() => settle(false), withinMs).unref();
      const settle = (isReached: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(isReached);
      };
      this.#waiting.add(waiter);
    });
  }

  async #follow(): Promise<void> {
    while (!this.#isStopped) {
      try {
        if (!this.#isReading) await this.#join();
        this.#setReading(true);
        await this.#readBatch();
      } catch (error) {
        if (this.#isStopped) return;
        this.#setReading(false);
        this.#parts.log.debug({ err: error }, "the event backplane cannot be read");
        await pause(retryMs);
      }
    }
  }

  /**
   * Reads what follows, and looks at the same time whether the newest received entry is still there. It can't come back once it is gone, so
   * what was read follows it immediately. Otherwise the stream was emptied, restored or trimmed, and something may be missing; unless the
   * entry was replaced by a newer one.
   */
  async #readBatch(): Promise<void> {
    const { redis, key } = this.#parts;
    const lastId = this.#lastId;
    const [reply, found] = await Promise.all([
      redis.xread("COUNT", batch, "BLOCK", blockMs, "STREAMS", key, lastId),
      redis.xrange(key, lastId, lastId),
    ]);
    if (found.length === 0 && !(await areDeleted(redis, key, [lastId]))) return await this.#join();
    for (const [id, fields] of reply?.[0]?.[1] ?? []) await this.#receive(id, fields);
  }

  /** After a lost connection or a gap: continues where this node stopped, or starts over. */
  async #join(): Promise<void> {
    const { redis, key, maxEntries, log } = this.#parts;
    const state = await joinOrder(redis, { key, last: this.last, maxEntries });
    if (state === "intact") return;
    if (this.#lastId !== "0-0")
      log.warn({ last: this.#lastId, state }, "the event backplane lost entries; streams resync");
    await this.#load();
  }

  /** Starts over at the newest fence, or at the oldest entry that is loaded; everything before it is history. */
  async #load(): Promise<void> {
    const { redis, key, loadEntries } = this.#parts;
    const newest = redis.xrevrange(key, "+", "-", "COUNT", loadEntries);
    const [newestFirst, time, deleted] = await Promise.all([newest, redis.time(), loadDeleted(redis, key)]);
    const entries = [...newestFirst].reverse();
    const fence = entries.findLastIndex(([, fields]) => parseRedisEntry(fields).message === null);
    const [first, ...others] = entries.slice(Math.max(0, fence));
    // Emptied since the order was joined.
    if (first === undefined) return await this.#join();
    this.#reset(first[0]);
    const now = Number(time[0]) * 1000;
    this.#deliver(first[1], now);
    for (const [id, fields] of others) await this.#receive(id, fields, { now, deleted });
  }

  /** With the server's time, where the age of the entry matters, and what is known to be deleted. */
  async #receive(id: string, fields: readonly string[], known: KnownOfServer = {}): Promise<void> {
    const { publisher, count, message } = parseRedisEntry(fields);
    if (message === null || (await this.#hasLost(publisher, count, known))) this.#reset(id);
    else this.#setLast(id);
    this.#deliver(fields, known.now);
  }

  /** Whether a message of this process before this one is missing that no newer one replaced. */
  async #hasLost(publisher: string, count: number, { deleted }: KnownOfServer): Promise<boolean> {
    const gap = this.#counts.skipped(publisher, count);
    if (gap === null) return false;
    if (gap.until - gap.from > maxMissing) return true;
    const missing: string[] = [];
    for (let number = gap.from; number < gap.until; number += 1) missing.push(numberOf(publisher, number));
    const unknown = missing.filter((number) => !deleted?.has(number));
    return !(await areDeleted(this.#parts.redis, this.#parts.key, unknown));
  }

  #reset(id: string): void {
    this.#setLast(id);
    this.#counts.allowJumps();
    this.#parts.receiver.onReset(this.last);
  }

  #deliver(fields: readonly string[], now: number = this.last.epoch): void {
    const { publisher, count, message } = parseRedisEntry(fields);
    // The first part of an id is the server's time.
    const ageMs = Math.max(0, now - this.last.epoch);
    if (this.#counts.isNew(publisher, count) && message !== null) {
      this.#parts.receiver.onMessage(this.last, message, ageMs);
    }
    for (const waiter of this.#waiting) if (compareEventIds(waiter.id, this.last) <= 0) waiter.reached();
  }

  #setLast(id: string): void {
    this.#lastId = id;
    this.last = parseEventId(id) ?? this.last;
  }

  #setReading(isReading: boolean): void {
    if (this.#isReading === isReading) return;
    this.#isReading = isReading;
    this.#parts.onChange();
  }
}

import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "../../base/index.ts";
import type { Redis } from "../../redis/index.ts";
import { compareEventIds, type EventId, formatEventId, parseEventId } from "../event/wire-format.ts";
import type { BackplaneReceiver } from "./backplane.ts";
import { parseRedisEntry } from "./redis-entry.ts";

export interface RedisReaderParts {
  /** A separate connection, because reading blocks. */
  readonly redis: Redis;
  readonly key: string;
  readonly receiver: BackplaneReceiver;
  readonly log: Logger;
  /** How many recent entries are loaded at startup. */
  readonly loadEntries: number;
  /** Writes an entry that only marks a position, so that the stream is not empty. */
  readonly mark: () => Promise<unknown>;
}

const batch = 1000;
const blockMs = 2000;
const retryMs = 100;
const rememberedPublishers = 1000;

/** Follows the Redis Stream entry by entry, and detects missing entries. */
export class RedisReader {
  /** The newest entry received. */
  last: EventId = { epoch: 0, sequence: 0 };
  readonly #parts: RedisReaderParts;
  readonly #counts = new Map<string, number>();
  readonly #waiting = new Set<{ readonly id: EventId; readonly reached: () => void }>();
  #lastId = "0-0";
  #isStopped = false;

  constructor(parts: RedisReaderParts) {
    this.#parts = parts;
  }

  /** Loads the recent entries and resets this node's order, without repeating what it has already received. */
  async load(): Promise<void> {
    const { redis, key, receiver, loadEntries, mark } = this.#parts;
    let entries = await redis.xrevrange(key, "+", "-", "COUNT", loadEntries);
    if (entries.length === 0) {
      await mark();
      entries = await redis.xrevrange(key, "+", "-", "COUNT", loadEntries);
    }
    const isNew = entries.map(([id]) => compareEventIds(parseEventId(id) ?? this.last, this.last) > 0);
    const unseen = entries.filter((_entry, index) => isNew[index]).reverse();
    const newestSeen = entries[unseen.length]?.[0];
    const floor = newestSeen ?? beforeId(unseen[0]?.[0] ?? "0-1");
    this.#setLast(floor);
    receiver.onReset(this.last);
    for (const [id, fields] of unseen) this.#receive(id, fields);
  }

  /** Reads until stopped. */
  async follow(): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#readBatch();
      } catch (error) {
        if (this.#isStopped) return;
        this.#parts.log.debug({ err: error }, "the event backplane cannot be read");
        await pause(retryMs);
        await this.#recover();
      }
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves to true once the entry has been received, or to false after `withinMs`. */
  async reached(id: EventId, withinMs: number): Promise<boolean> {
    if (compareEventIds(id, this.last) <= 0) return true;
    return await new Promise<boolean>((resolve) => {
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

  async #readBatch(): Promise<void> {
    const { redis, key } = this.#parts;
    const reply = await redis.xread("COUNT", batch, "BLOCK", blockMs, "STREAMS", key, this.#lastId);
    const entries = reply?.[0]?.[1] ?? [];
    // A quiet stream may have been emptied, and a stream that fills whole batches may be trimmed faster than this reads.
    if (entries.length === 0 || entries.length === batch) await this.#resetUnlessContinuous();
    for (const [id, fields] of entries) this.#receive(id, fields);
  }

  /** After a lost connection, nothing is read until it is certain that nothing is missing. */
  async #recover(): Promise<void> {
    while (!this.#isStopped) {
      try {
        return await this.#resetUnlessContinuous();
      } catch {
        await pause(retryMs);
      }
    }
  }

  async #resetUnlessContinuous(): Promise<void> {
    const { redis, key, log } = this.#parts;
    const found = await redis.xrange(key, this.#lastId, "+", "COUNT", 1);
    if (found[0]?.[0] === this.#lastId) return;
    log.warn({ last: this.#lastId }, "the event backplane lost entries; all streams will resync");
    await this.load();
  }

  #receive(id: string, fields: readonly string[]): void {
    const eventId = parseEventId(id);
    if (eventId === null || compareEventIds(eventId, this.last) <= 0) return;
    this.#setLast(id);
    const { publisher, count, message } = parseRedisEntry(fields);
    if (message !== null && !this.#isResent(publisher, count)) this.#parts.receiver.onMessage(eventId, message);
    for (const waiter of this.#waiting) if (compareEventIds(waiter.id, this.last) <= 0) waiter.reached();
  }

  #setLast(id: string): void {
    this.#lastId = id;
    this.last = parseEventId(id) ?? this.last;
  }

  #isResent(publisher: string, count: number): boolean {
    if (count <= (this.#counts.get(publisher) ?? 0)) return true;
    this.#counts.delete(publisher);
    this.#counts.set(publisher, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > rememberedPublishers && oldest !== undefined) this.#counts.delete(oldest);
    return false;
  }
}

/** The greatest id below another: the cursor of a reader that has everything before it. */
function beforeId(id: string): string {
  const { epoch, sequence } = parseEventId(id) ?? { epoch: 1, sequence: 0 };
  return sequence > 0
    ? formatEventId({ epoch, sequence: sequence - 1 })
    : formatEventId({ epoch: epoch - 1, sequence: Number.MAX_SAFE_INTEGER });
}

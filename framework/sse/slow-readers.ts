import { type Logger, silentLogger } from "../base/index.ts";
import type { Delivery } from "./delivery.ts";
import type { Subscriber } from "./subscriber.ts";

export interface SlowReadersOptions {
  readonly delivery: Delivery;
  /** Nothing is said unless given. */
  readonly logger?: Logger | undefined;
  /** When a reader that takes nothing is cut off. */
  readonly stallMs: number;
  /** How many bytes may wait for all of them together. */
  readonly waitingBytes: number;
  cutOff(subscriber: Subscriber): void;
}

/** Who has taken nothing for so long is slow, though nothing is lost yet. */
const slowMs = 100;
const warnEveryMs = 60_000;

/** Keeps those who read more slowly than is broadcast within bounds of time and memory, and says that there are some. */
export class SlowReaders {
  readonly #options: SlowReadersOptions;
  #warnedAt = Number.NEGATIVE_INFINITY;

  constructor(options: SlowReadersOptions) {
    this.#options = options;
  }

  /** To be called a few times a second. */
  check(now: number): void {
    if (this.#options.delivery.lagging.size === 0) return;
    this.#warn(now);
    this.#cutOffStalled(now);
    this.#cutOffBeyondMemory(now);
  }

  /** Once a minute at most, however many they are. */
  #warn(now: number): void {
    const { delivery, logger = silentLogger } = this.#options;
    if (now - this.#warnedAt < warnEveryMs) return;
    const slow = [...delivery.lagging].filter(({ laggingSince }) => now - laggingSince >= slowMs);
    if (slow.length === 0) return;
    this.#warnedAt = now;
    const behind = Math.max(...slow.map((subscriber) => delivery.lagOf(subscriber)));
    logger.warn({ clients: slow.length, behind }, "clients read more slowly than is broadcast");
  }

  #cutOffStalled(now: number): void {
    const { delivery, stallMs, cutOff } = this.#options;
    for (const subscriber of delivery.lagging) {
      if (now - subscriber.laggingSince >= stallMs) cutOff(subscriber);
    }
  }

  /** Whoever has taken nothing for longest goes first; each can resume where it stopped. */
  #cutOffBeyondMemory(now: number): void {
    const { delivery, waitingBytes, cutOff, logger = silentLogger } = this.#options;
    let waiting = 0;
    for (const { connection } of delivery.lagging) waiting += connection.queuedBytes;
    if (waiting <= waitingBytes) return;
    const slowestFirst = [...delivery.lagging].sort((a, b) => a.laggingSince - b.laggingSince);
    logger.warn({ waiting, bound: waitingBytes, clients: slowestFirst.length }, "too much waits for slow clients");
    for (const subscriber of slowestFirst) {
      if (waiting <= waitingBytes) return;
      waiting -= subscriber.connection.queuedBytes;
      cutOff(subscriber);
    }
    this.#warnedAt = now;
  }
}

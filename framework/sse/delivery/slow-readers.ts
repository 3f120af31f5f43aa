import { type Logger, silentLogger } from "../../base/index.ts";
import type { Delivery } from "./delivery.ts";
import type { Subscriber } from "./subscriber.ts";

/** Bounds of slow readers, and what is done to those beyond them. */
export interface SlowReadersOptions {
  readonly delivery: Delivery;
  /** Nothing is said unless given. */
  readonly logger?: Logger | undefined;
  /** When a reader that takes nothing is cut off. */
  readonly stallMs: number;
  /** How many bytes may wait for all of them together, counted for each, shared or not. */
  readonly waitingBytes: number;
  cutOff(subscriber: Subscriber): void;
}

/** Who has taken nothing for so long is slow, though nothing is lost yet. */
const slowMs = 100;
const warnEveryMs = 60_000;

/** Keeps those who read more slowly than is broadcast within bounds of time and memory, and says that there are some. */
export class SlowReaders {
  readonly #options: SlowReadersOptions;
  #warnedOfSlowAt = Number.NEGATIVE_INFINITY;
  #warnedOfMemoryAt = Number.NEGATIVE_INFINITY;

  constructor(options: SlowReadersOptions) {
    this.#options = options;
  }

  /** Called with each tick of the heartbeat. */
  check(now: number): void {
    const slow = [...this.#options.delivery.lagging].filter(({ laggingSince }) => now - laggingSince >= slowMs);
    if (slow.length === 0) return;
    this.#warnOfSlow(slow, now);
    this.#cutOffStalled(slow, now);
    this.#cutOffBeyondMemory(slow, now);
  }

  /** Once a minute at most, however many they are. */
  #warnOfSlow(slow: readonly Subscriber[], now: number): void {
    const { delivery, logger = silentLogger } = this.#options;
    if (now - this.#warnedOfSlowAt < warnEveryMs) return;
    this.#warnedOfSlowAt = now;
    const behind = Math.max(...slow.map((subscriber) => delivery.lagOf(subscriber)));
    logger.warn({ clients: slow.length, behind }, "clients read more slowly than is broadcast");
  }

  #cutOffStalled(slow: readonly Subscriber[], now: number): void {
    const { stallMs, cutOff } = this.#options;
    for (const subscriber of slow) {
      if (now - subscriber.laggingSince >= stallMs) cutOff(subscriber);
    }
  }

  /** Whoever has taken nothing for longest goes first; each can resume where it stopped. */
  #cutOffBeyondMemory(slow: readonly Subscriber[], now: number): void {
    const { waitingBytes, cutOff } = this.#options;
    const open = slow.filter(({ connection }) => !connection.closed);
    let waiting = open.reduce((bytes, { connection }) => bytes + connection.queuedBytes, 0);
    if (waiting <= waitingBytes) return;
    this.#warnOfMemory({ waiting, bound: waitingBytes, clients: open.length }, now);
    for (const subscriber of open.sort((a, b) => a.laggingSince - b.laggingSince)) {
      if (waiting <= waitingBytes) break;
      waiting -= subscriber.connection.queuedBytes;
      cutOff(subscriber);
    }
  }

  #warnOfMemory(
    facts: { readonly waiting: number; readonly bound: number; readonly clients: number },
    now: number,
  ): void {
    const { logger = silentLogger } = this.#options;
    if (now - this.#warnedOfMemoryAt < warnEveryMs) return;
    this.#warnedOfMemoryAt = now;
    logger.warn(facts, "too much waits for slow clients");
  }
}

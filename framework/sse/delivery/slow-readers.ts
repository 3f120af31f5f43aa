import type { Logger } from "../../base/index.ts";
import type { Delivery } from "./delivery.ts";
import type { Subscriber } from "./subscribers.ts";

export interface SlowReadersOptions {
  readonly delivery: Delivery;
  readonly log: Logger;
  /** When a reader that takes nothing is cut off. */
  readonly stallMs: number;
  /** How many bytes may wait for all slow readers together, counted per reader, shared or not. */
  readonly waitingBytes: number;
  cutOff(subscriber: Subscriber): void;
}

/** A reader that has taken nothing for this long is slow, although nothing is lost yet. */
const slowMs = 100;
const warnEveryMs = 60_000;

/** Limits how long readers may be slow and how much memory they may hold, and logs that there are some. */
export class SlowReaders {
  readonly #options: SlowReadersOptions;
  #warnedOfSlowAt = Number.NEGATIVE_INFINITY;
  #warnedOfMemoryAt = Number.NEGATIVE_INFINITY;

  constructor(options: SlowReadersOptions) {
    this.#options = options;
  }

  /** Called on each tick of the heartbeat. */
  check(now: number): void {
    const slow = [...this.#options.delivery.lagging].filter(({ laggingSince }) => now - laggingSince >= slowMs);
    if (slow.length === 0) return;
    this.#warnOfSlow(slow, now);
    this.#cutOffStalled(slow, now);
    this.#cutOffBeyondMemory(slow, now);
  }

  /** At most once a minute, however many there are. */
  #warnOfSlow(slow: readonly Subscriber[], now: number): void {
    const { delivery, log } = this.#options;
    if (now - this.#warnedOfSlowAt < warnEveryMs) return;
    this.#warnedOfSlowAt = now;
    const behind = Math.max(...slow.map((subscriber) => delivery.lagOf(subscriber)));
    log.warn({ clients: slow.length, behind }, "clients cannot keep up with the broadcasts");
  }

  #cutOffStalled(slow: readonly Subscriber[], now: number): void {
    const { stallMs, cutOff } = this.#options;
    for (const subscriber of slow) {
      if (now - subscriber.laggingSince >= stallMs) cutOff(subscriber);
    }
  }

  /** Readers that have taken nothing for the longest time go first; each can resume where it stopped. */
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
    if (now - this.#warnedOfMemoryAt < warnEveryMs) return;
    this.#warnedOfMemoryAt = now;
    this.#options.log.warn(facts, "too many bytes wait for slow clients");
  }
}

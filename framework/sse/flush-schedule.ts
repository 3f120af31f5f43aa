import { flushShareImpossible } from "./errors.ts";

/** How long what is broadcast may wait to be sent together with what follows: always, or by topic (null for everybody). */
export type FlushWindow = number | ((topic: string | null) => number);

/** The part of the event loop's time that flushes may take, unless told otherwise. */
export const standardFlushShare = 0.5;

/** Timers wait for no shorter time. */
const shortestRestMs = 1;

/** When is flushed. */
export interface FlushTimes {
  readonly window: FlushWindow;
  /** The part of the event loop's time that flushes may take one after another; 1: all of it. */
  readonly share: number;
}

/**
 * Gathers requests to flush: one flush a turn of the event loop, or a window of milliseconds. A flush sends all that waits, for there
 * is one order: who may wait is taken along by who may not. When flushes follow one another so closely that nothing else would get
 * its turn, the next one rests in proportion to the time that the last one took, and takes along what has come meanwhile.
 */
export class FlushSchedule {
  readonly #flush: () => void;
  readonly #window: FlushWindow;
  readonly #restPerFlush: number;
  readonly #flushDue = () => this.flushNow();
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #restsUntil = 0;

  constructor(flush: () => void, { window, share }: FlushTimes) {
    if (!(share > 0 && share <= 1)) throw flushShareImpossible({ value: share });
    this.#flush = flush;
    this.#window = window;
    this.#restPerFlush = 1 / share - 1;
  }

  /** For what cannot wait; it counts like any other flush. */
  flushNow(): void {
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const begun = performance.now();
    this.#flush();
    const ended = performance.now();
    const restMs = (ended - begun) * this.#restPerFlush;
    if (restMs >= shortestRestMs) this.#restsUntil = Math.max(this.#restsUntil, ended + restMs);
  }

  /** For a broadcast to these topics; null is everybody. */
  request(topics: readonly string[] | null): void {
    if (this.#immediate !== undefined) return;
    const now = performance.now();
    const waitMs = Math.max(this.#windowOf(topics), this.#restsUntil - now);
    if (waitMs > 0) {
      this.#wait(now, waitMs);
      return;
    }
    this.#immediate = setImmediate(this.#flushDue);
  }

  #wait(now: number, waitMs: number): void {
    const dueAt = now + waitMs;
    if (this.#timer !== undefined && this.#dueAt <= dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(this.#flushDue, waitMs);
  }

  #windowOf(topics: readonly string[] | null): number {
    const window = this.#window;
    if (typeof window === "number") return window;
    return topics === null ? window(null) : Math.min(...topics.map((topic) => window(topic)));
  }
}

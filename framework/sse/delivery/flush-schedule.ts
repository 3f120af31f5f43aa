import { flushShareImpossible } from "../errors.ts";

/** How long what is broadcast may wait to be sent together with what follows: always, or by topic (null for everybody). */
export type FlushWindow = number | ((topic: string | null) => number);

/** The part of the event loop's time that flushes may take, unless told otherwise. */
export const standardFlushShare = 0.5;

/** Timers wait for no shorter time. */
const shortestRestMs = 1;
/** So much time of flushes may follow one another without a rest: a slow one alone makes nobody wait. */
const allowanceMs = 50;

/** When is flushed. */
export interface FlushTimes {
  readonly window: FlushWindow;
  /** The part of the event loop's time that flushes may take one after another; 1: all of it. */
  readonly share: number;
}

/**
 * Gathers requests to flush: one flush a turn of the event loop, or a window of milliseconds. A flush sends all that waits, for there
 * is one order: who may wait is taken along by who may not. When flushes go on to follow one another so closely that nothing else would
 * get its turn, the next one rests until the time that they took is made up for, and takes along what has come meanwhile.
 */
export class FlushSchedule {
  readonly #flush: () => void;
  readonly #window: FlushWindow;
  readonly #restPerFlush: number;
  readonly #flushDue = () => this.flushNow();
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  /** Time of flushes that no rest has made up for yet. */
  #owedMs = 0;
  #endedAt = 0;

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
    const begunAt = performance.now();
    this.#flush();
    this.#owedMs = this.#owedAt(begunAt) + performance.now() - begunAt;
    this.#endedAt = performance.now();
  }

  /** For a broadcast to these topics; null is everybody. */
  request(topics: readonly string[] | null): void {
    if (this.#immediate !== undefined) return;
    const now = performance.now();
    const waitMs = Math.max(this.#windowOf(topics), this.#restAt(now));
    if (waitMs > 0) {
      this.#wait(now, waitMs);
      return;
    }
    this.#immediate = setImmediate(this.#flushDue);
  }

  /** What is still owed at a time: a pause of a millisecond makes up for as much of flushes as the share says. */
  #owedAt(now: number): number {
    if (this.#restPerFlush === 0) return 0;
    return Math.max(0, this.#owedMs - (now - this.#endedAt) / this.#restPerFlush);
  }

  #restAt(now: number): number {
    const restMs = (this.#owedAt(now) - allowanceMs) * this.#restPerFlush;
    return restMs < shortestRestMs ? 0 : restMs;
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

import { flushShareImpossible } from "../errors.ts";

/** How long a broadcast may wait to be sent together with later ones: a constant, or by topic (null for everyone). */
export type FlushWindow = number | ((topic: string | null) => number);

/** Timers cannot wait for less. */
const shortestRestMs = 1;
/** Flushes may take this much time in a row before they have to rest, so one slow flush delays nobody. */
const allowanceMs = 50;

export interface FlushTimes {
  readonly window: FlushWindow;
  /** The share of the event loop's time that consecutive flushes may take, above 0 and up to 1. */
  readonly share: number;
}

/**
 * Coalesces requests to flush: one flush per turn of the event loop, or per window of milliseconds. A flush sends everything that
 * waits, because order is kept: broadcasts that may wait go out with those that may not. When flushes follow one another so closely
 * that nothing else would get a turn, the next one rests to make up for the time they took, and then sends what arrived in between.
 */
export class FlushSchedule {
  readonly #flush: () => void;
  readonly #window: FlushWindow;
  readonly #restPerFlush: number;
  readonly #flushDue = () => this.flushNow();
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  /** Time spent flushing that no rest has made up for yet. */
  #owedMs = 0;
  #endedAt = 0;

  constructor(flush: () => void, { window, share }: FlushTimes) {
    if (!(share > 0 && share <= 1)) throw flushShareImpossible({ value: share });
    this.#flush = flush;
    this.#window = window;
    this.#restPerFlush = 1 / share - 1;
  }

  /** For what cannot wait; it counts toward the share like any other flush. */
  flushNow(): void {
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const startedAt = performance.now();
    this.#flush();
    this.#owedMs = this.#owedAt(startedAt) + performance.now() - startedAt;
    this.#endedAt = performance.now();
  }

  /** Requests a flush for a broadcast to these topics; null for everyone. */
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

  /** What is still owed at a time; each millisecond of rest makes up for as much flushing as the share allows. */
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

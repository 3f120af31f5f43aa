/** How long what is broadcast may wait to be sent together with what follows: always, or by topic (null for everybody). */
export type FlushWindow = number | ((topic: string | null) => number);

/**
 * Gathers requests to flush: one flush a turn of the event loop, or a window of milliseconds. A flush sends all that waits, for there
 * is one order: who may wait is taken along by who may not.
 */
export class FlushSchedule {
  readonly #flush: () => void;
  readonly #window: FlushWindow;
  #isImmediate = false;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;

  constructor(flush: () => void, window: FlushWindow) {
    this.#window = window;
    this.#flush = () => {
      this.#isImmediate = false;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      flush();
    };
  }

  /** For a broadcast to these topics; null is everybody. */
  request(topics: readonly string[] | null): void {
    if (this.#isImmediate) return;
    const windowMs = this.#windowOf(topics);
    if (windowMs > 0) {
      this.#wait(windowMs);
      return;
    }
    this.#isImmediate = true;
    setImmediate(this.#flush);
  }

  #wait(windowMs: number): void {
    const dueAt = performance.now() + windowMs;
    if (this.#timer !== undefined && this.#dueAt <= dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(this.#flush, windowMs);
  }

  #windowOf(topics: readonly string[] | null): number {
    const window = this.#window;
    if (typeof window === "number") return window;
    return topics === null ? window(null) : Math.min(...topics.map((topic) => window(topic)));
  }
}

/** Gathers requests to flush: one flush a turn of the event loop, or a window. */
export class FlushSchedule {
  readonly #flush: () => void;
  readonly #windowMs: number;
  #isRequested = false;

  constructor(flush: () => void, windowMs: number) {
    this.#windowMs = windowMs;
    this.#flush = () => {
      this.#isRequested = false;
      flush();
    };
  }

  request(): void {
    if (this.#isRequested) return;
    this.#isRequested = true;
    if (this.#windowMs > 0) setTimeout(this.#flush, this.#windowMs);
    else setImmediate(this.#flush);
  }
}

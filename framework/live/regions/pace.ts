/** Does something when it is asked to: at once, or as soon as some time has passed since it did it before. */
export class Pace {
  readonly #everyMs: number;
  readonly #action: () => void;
  #doneAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(everyMs: number, action: () => void) {
    this.#everyMs = everyMs;
    this.#action = action;
  }

  request(): void {
    const waitMs = this.#doneAt + this.#everyMs - performance.now();
    if (waitMs <= 0) this.#do();
    else this.#timer ??= setTimeout(() => this.#do(), waitMs).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #do(): void {
    this.close();
    this.#doneAt = performance.now();
    this.#action();
  }
}

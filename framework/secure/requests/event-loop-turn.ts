import { setImmediate as nextTurn } from "node:timers/promises";

const longestMs = 10;

/** Long work in steps, between which others have their turn. */
export class EventLoopTurn {
  #since = performance.now();

  /** Whether the work has gone on long enough. */
  get isOver(): boolean {
    return performance.now() - this.#since > longestMs;
  }

  /** Resolves when everybody else has had a turn. */
  async next(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
  }
}

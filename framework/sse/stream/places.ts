import type { EventId } from "../event/wire-format.ts";

/** Places in the order, by key. Of more keys than fit, those that were put first are forgotten. */
export class Places {
  readonly #max: number;
  readonly #places = new Map<string, EventId>();

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): EventId | undefined {
    return this.#places.get(key);
  }

  /** Returns the place that had to be forgotten for it, if any. */
  put(key: string, at: EventId): EventId | undefined {
    this.#places.delete(key);
    this.#places.set(key, at);
    if (this.#places.size <= this.#max) return undefined;
    const [oldest] = this.#places;
    if (oldest === undefined) return undefined;
    this.#places.delete(oldest[0]);
    return oldest[1];
  }

  delete(key: string): void {
    this.#places.delete(key);
  }
}

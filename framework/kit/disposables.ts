import type { Logger } from "../base/index.ts";
import { type Deadline, endsWithin } from "./deadline.ts";
import { closeTimedOut } from "./errors.ts";

interface Closable {
  close(): void | Promise<void>;
}

interface Disposable {
  readonly name: string;
  readonly close: () => unknown;
}

/** However late it is, each resource gets this long, which is enough for one that responds. */
const shortestTryMs = 250;

/** Open resources, to be closed once and in reverse order. */
export class Disposables {
  #open: Disposable[] = [];
  #closing: Promise<void> | undefined;

  /** The name is for the log, e.g. `database`. */
  add(name: string, close: () => unknown): void {
    this.#open.push({ name, close });
  }

  /** Adds something with a `close` method and returns it. */
  keep<T extends Closable>(name: string, resource: T): T {
    this.add(name, () => resource.close());
    return resource;
  }

  /**
   * Closes everything, even if one resource fails or never finishes: it gets a quarter of the time that is left, then the next one is closed.
   * All failures are logged; the first one is thrown at the end.
   */
  closeAll(deadline: Deadline, log: Logger): Promise<void> {
    this.#closing ??= this.#closeInReverse(deadline, log);
    return this.#closing;
  }

  async #closeInReverse(deadline: Deadline, log: Logger): Promise<void> {
    const failures: unknown[] = [];
    for (const { name, close } of this.#open.reverse()) {
      const limitMs = Math.max(shortestTryMs, deadline.leftMs / 4);
      try {
        const closing = Promise.resolve(close());
        if (!(await endsWithin(limitMs, closing))) throw closeTimedOut({ name, limitMs });
      } catch (error) {
        log.error({ err: error, name }, "closing failed");
        failures.push(error);
      }
    }
    this.#open = [];
    if (failures.length > 0) throw failures[0];
  }
}

import type { Logger } from "../../base/index.ts";

/** How long BullMQ's complaints about the same outage are collected. */
const collectMs = 1000;
const maxNamed = 10;

/**
 * BullMQ complains several times about each job whose lease ran out, such as during an outage of Redis: that it couldn't be extended, and
 * that the outcome couldn't be stored. This says it once for all of them.
 */
export class LostLeases {
  readonly #log: Logger;
  readonly #queue: string;
  readonly #lost = new Set<string>();
  /** Those that the log has named, and that may still end. */
  readonly #told = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger, queue: string) {
    this.#log = log;
    this.#queue = queue;
  }

  /** Whether the error of a worker was such a complaint. */
  take(error: Error): boolean {
    const found = /^(?:could not renew lock for|Missing lock for) job ([^\s.]+)/.exec(error.message);
    const jobId = found?.[1];
    if (jobId === undefined) return false;
    if (this.#told.has(jobId)) return true;
    this.#lost.add(jobId);
    this.#timer ??= setTimeout(() => this.tell(), collectMs).unref();
    return true;
  }

  /** Logs at once what is collected. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lost.size === 0) return;
    const jobIds = [...this.#lost];
    this.#told.clear();
    for (const id of jobIds) this.#told.add(id);
    this.#lost.clear();
    const facts = { queue: this.#queue, count: jobIds.length, jobIds: jobIds.slice(0, maxNamed) };
    this.#log.warn(facts, "the leases of running jobs expired, so other workers run them again");
  }
}

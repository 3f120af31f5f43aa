import { KitError, type Logger } from "../../base/index.ts";
import type { NewJob } from "../engine.ts";
import { committedJobsFull } from "../errors.ts";

export interface CommittedJobsOptions {
  /** Enqueues a job. Rejects with `JOBS_UNAVAILABLE` if Redis can't take it now. A job that it has already isn't added again. */
  add(job: NewJob): Promise<unknown>;
  readonly log: Logger;
  readonly now: () => number;
}

const maxJobs = 10_000;
const retryMs = 500;
const partingMs = 2000;

/**
 * Jobs whose transaction is committed, so they can't be refused anymore. What Redis doesn't take is kept in memory until it does. The only
 * way to lose one is the end of the process in the meantime.
 */
export class CommittedJobs {
  readonly #options: CommittedJobsOptions;
  readonly #waiting = new Map<string, NewJob>();
  #timer: NodeJS.Timeout | undefined;
  #trying: Promise<void> | undefined;

  constructor(options: CommittedJobsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Resolves once Redis has the job, or once it is certain that it waits. */
  async add(job: NewJob): Promise<void> {
    try {
      await this.#options.add(job);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      this.#keep(job);
    }
  }

  /** Tries a last time. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#trying;
    const until = performance.now() + partingMs;
    while (this.#waiting.size > 0 && performance.now() < until) {
      if (!(await this.#tryAll())) break;
    }
    if (this.#waiting.size === 0) return;
    const facts = { count: this.#waiting.size, jobIds: [...this.#waiting.keys()].slice(0, 100) };
    this.#options.log.error(facts, "jobs of committed transactions were lost, because Redis was away until the end");
  }

  #keep(job: NewJob): void {
    if (this.#waiting.size >= maxJobs) throw committedJobsFull({ waiting: this.#waiting.size });
    // The delay counts from now, not from the end of the outage.
    const { delayMs, ...rest } = job;
    this.#waiting.set(job.id, delayMs && job.at === undefined ? { ...rest, at: this.#options.now() + delayMs } : job);
    this.#tryLater();
  }

  #tryLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#trying = this.#tryAll().then(() => {
        if (this.#waiting.size > 0) this.#tryLater();
      });
    }, retryMs).unref();
  }

  /** False as soon as Redis takes none. */
  async #tryAll(): Promise<boolean> {
    for (const [id, job] of this.#waiting) {
      try {
        await this.#options.add(job);
      } catch (error) {
        if (isUnavailable(error)) return false;
        this.#options.log.error({ err: error, jobId: id, name: job.name }, "a job of a committed transaction was lost");
      }
      this.#waiting.delete(id);
    }
    return true;
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof KitError && error.code === "JOBS_UNAVAILABLE";
}

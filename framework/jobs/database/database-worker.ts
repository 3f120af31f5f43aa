import { setTimeout as delay } from "node:timers/promises";
import type { Clock, Logger } from "../../base/index.ts";
import type { EngineWorker, Outcome, WorkOptions } from "../engine.ts";
import type { Claim, JobClaims } from "./job-claims.ts";
import type { JobStore } from "./job-store.ts";
import type { ScheduleStore } from "./schedule-store.ts";

export interface DatabaseWorkerOptions extends WorkOptions {
  readonly claims: JobClaims;
  readonly store: JobStore;
  readonly schedules: ScheduleStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often to poll the table, in milliseconds. */
  readonly pollMs: number;
  readonly leaseMs: number;
  /** Deletes jobs that finished long ago. */
  prune(): Promise<void>;
}

interface RunningJob {
  readonly claim: Claim;
  readonly release: AbortController;
  readonly ended: Promise<void>;
}

const settleTries = 6;

/** Claims jobs from the table while there is capacity, extends their leases, and stores their outcomes. */
export class DatabaseWorker implements EngineWorker {
  readonly #options: DatabaseWorkerOptions;
  readonly #running = new Map<string, RunningJob>();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #loop: Promise<void>;
  #isStopping = false;
  #isAwake = true;
  #wakeUp: (() => void) | undefined;
  #maintainedAt = Number.NEGATIVE_INFINITY;

  constructor(options: DatabaseWorkerOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => void this.#extendLeases(), options.leaseMs / 3);
    this.#loop = this.#work();
  }

  /** Polls the table now instead of after the pause. */
  wake(): void {
    this.#isAwake = true;
    this.#wakeUp?.();
  }

  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    this.wake();
    await this.#loop;
    const ends = Promise.all([...this.#running.values()].map(({ ended }) => ended));
    const grace = new AbortController();
    await Promise.race([ends, delay(graceMs, undefined, { signal: grace.signal }).catch(() => undefined)]);
    grace.abort();
    for (const { release } of this.#running.values()) release.abort();
    await ends;
    clearInterval(this.#heartbeat);
  }

  async #work(): Promise<void> {
    let failures = 0;
    while (!this.#isStopping) {
      try {
        this.#isAwake = false;
        await this.#maintain();
        const taken = await this.#takeAll();
        failures = 0;
        if (taken === 0) await this.#rest(await this.#pauseMs());
      } catch (error) {
        failures += 1;
        this.#options.log.warn({ err: error, failures }, "cannot read the job table, retrying");
        await this.#rest(Math.min(this.#options.pollMs * 2 ** failures, 10_000));
      }
    }
  }

  async #maintain(): Promise<void> {
    const { claims, schedules, clock, leaseMs, prune } = this.#options;
    const now = clock.now();
    if (isDue(await schedules.nextDueMs())) await schedules.runDue();
    if (isDue(await claims.nextDueMs())) await claims.promote();
    // `abs`, because the clock may have been set back by more than the lease.
    if (Math.abs(now - this.#maintainedAt) < leaseMs / 2) return;
    this.#maintainedAt = now;
    await claims.rescue();
    await prune();
  }

  async #takeAll(): Promise<number> {
    let taken = 0;
    for (const { name, concurrency } of this.#options.queues) {
      const busy = [...this.#running.values()].filter(({ claim }) => claim.job.queue === name).length;
      if (busy >= concurrency || this.#isStopping) continue;
      const claims = await this.#options.claims.take(name, concurrency - busy);
      for (const claim of claims) this.#begin(claim);
      taken += claims.length;
    }
    return taken;
  }

  #begin(claim: Claim): void {
    const release = new AbortController();
    const ended = this.#run(claim, release.signal).finally(() => {
      this.#running.delete(claim.token + claim.job.id);
      this.wake();
    });
    this.#running.set(claim.token + claim.job.id, { claim, release, ended });
  }

  async #run(claim: Claim, released: AbortSignal): Promise<void> {
    const outcome = await this.#options.run(claim.job, released);
    const isHeld = await this.#settle(claim, outcome);
    if (isHeld) this.#options.onSettled(claim.job, outcome);
    else {
      const facts = { jobId: claim.job.id, name: claim.job.name };
      this.#options.log.warn(facts, "a job finished after its lease expired, so another worker runs it again");
    }
  }

  /** Stores the outcome, with retries: if it isn't stored while the database is down, the job runs a second time. */
  async #settle(claim: Claim, outcome: Outcome): Promise<boolean> {
    const { store, log } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await store.settle(claim, outcome);
      } catch (error) {
        log.warn({ err: error, jobId: claim.job.id, attempt }, "cannot store the outcome of a job");
        if (attempt === settleTries) return false;
        await delay(50 * 2 ** attempt);
      }
    }
  }

  async #extendLeases(): Promise<void> {
    const running = [...this.#running.values()];
    if (running.length === 0) return;
    try {
      const held = await this.#options.claims.extend(running.map(({ claim }) => claim));
      for (const { claim, release } of running) if (!held.has(claim.job.id)) release.abort();
    } catch (error) {
      this.#options.log.warn({ err: error }, "cannot extend the leases of running jobs");
    }
  }

  async #pauseMs(): Promise<number> {
    const { claims, schedules, pollMs } = this.#options;
    const waits = [await claims.nextDueMs(), await schedules.nextDueMs()];
    return Math.max(1, Math.min(pollMs, ...waits.map((waitMs) => waitMs ?? pollMs)));
  }

  async #rest(pauseMs: number): Promise<void> {
    if (this.#isAwake || this.#isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wakeUp = undefined;
  }
}

function isDue(waitMs: number | null): boolean {
  return waitMs !== null && waitMs <= 0;
}

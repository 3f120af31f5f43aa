import { setTimeout as delay } from "node:timers/promises";
import type { Worker } from "bullmq";
import type { Logger } from "../../base/index.ts";
import type { Redis } from "../../redis/index.ts";
import type { EngineWorker, Outcome, WorkOptions } from "../engine.ts";
import { LostLeases } from "./lost-leases.ts";
import { isRedisError } from "./reach-redis.ts";
import { createWorkerConnection, type RedisPackages } from "./redis-connection.ts";
import { claimedOf, type StoredBullJob, type StoredJob } from "./redis-records.ts";

export interface RedisWorkerOptions extends WorkOptions {
  readonly packages: RedisPackages;
  readonly url: string;
  readonly prefix: string;
  readonly leaseMs: number;
  readonly maxLosses: number;
  readonly log: Logger;
}

/** How long to wait for Redis when a worker stops. */
const partingMs = 2000;

/** Carries the delay to BullMQ, whose backoff strategy receives the thrown error. */
class RetryLater extends Error {
  readonly delayMs: number;

  constructor(message: string, delayMs: number) {
    super(message);
    this.delayMs = delayMs;
  }
}

/** Runs one BullMQ worker per queue, all on the same connection. */
export class RedisWorker implements EngineWorker {
  readonly #options: RedisWorkerOptions;
  readonly #connection: Redis;
  readonly #workers: readonly Worker<StoredJob, void, string>[];
  readonly #running = new Map<string, AbortController>();
  #isGivingBack = false;
  #hasLeft = false;

  constructor(options: RedisWorkerOptions) {
    const { packages, url, log } = options;
    this.#options = options;
    this.#connection = createWorkerConnection(packages, url, { log, mayWait: () => !this.#hasLeft });
    this.#workers = options.queues.map((queue) => this.#createWorker(queue));
  }

  async stop(graceMs: number): Promise<void> {
    const closed = Promise.all(this.#workers.map((worker) => worker.close()));
    const grace = new AbortController();
    await Promise.race([closed, this.#finish(graceMs, grace.signal).catch(() => undefined)]);
    grace.abort();
    this.#isGivingBack = true;
    for (const release of this.#running.values()) release.abort();
    // A server that is down must not keep the process alive. The leases expire on their own.
    await Promise.race([closed, delay(partingMs, undefined, { ref: false })]);
    this.#hasLeft = true;
    this.#connection.disconnect();
  }

  /** Resolves once no job runs or the grace is over. BullMQ alone would wait for a server that hangs, even without a job. */
  async #finish(graceMs: number, signal: AbortSignal): Promise<void> {
    const endsAt = performance.now() + graceMs;
    do await delay(Math.min(partingMs, Math.max(0, endsAt - performance.now())), undefined, { signal });
    while (this.#running.size > 0 && performance.now() < endsAt);
  }

  #createWorker(queue: WorkOptions["queues"][number]): Worker<StoredJob, void, string> {
    const { packages, prefix, leaseMs, maxLosses, log } = this.#options;
    const worker = new packages.bullmq.Worker<StoredJob, void, string>(
      queue.name,
      async (job, token) => await this.#process(job, token),
      {
        connection: this.#connection,
        prefix,
        concurrency: queue.concurrency,
        lockDuration: leaseMs,
        stalledInterval: leaseMs,
        maxStalledCount: maxLosses,
        settings: { backoffStrategy: (_made, _type, error) => (error instanceof RetryLater ? error.delayMs : 0) },
      },
    );
    const leases = new LostLeases(log, queue.name);
    worker.on("closed", () => leases.tell());
    worker.on("error", (error) => {
      if (leases.take(error)) return;
      // Outages are reported once, by the connection for enqueuing.
      const level = isRedisError(error) ? "debug" : "warn";
      log[level]({ err: error, queue: queue.name }, "a job worker failed");
    });
    worker.on("lockRenewalFailed", (ids) => {
      for (const id of ids) this.#running.get(id)?.abort();
    });
    worker.on("completed", (job) => this.#options.onSettled(claimedOf(job), { kind: "done" }));
    worker.on("failed", (job, error) => {
      if (job) this.#options.onSettled(claimedOf(job), settledBy(error));
    });
    return worker;
  }

  async #process(job: StoredBullJob, token: string | undefined): Promise<void> {
    // Redis assigned this job, but its reply was still in transit when the grace period ended, so it isn't in `#running`.
    if (this.#isGivingBack) return await this.#apply(job, { kind: "released" }, token);
    const claimed = claimedOf(job);
    const release = new AbortController();
    this.#running.set(claimed.id, release);
    try {
      const outcome = await this.#options.run(claimed, release.signal);
      await this.#apply(job, outcome, token);
    } finally {
      this.#running.delete(claimed.id);
    }
  }

  async #apply(job: StoredBullJob, outcome: Outcome, token: string | undefined): Promise<void> {
    const { UnrecoverableError, WaitingError } = this.#options.packages.bullmq;
    // First, so that a worker killed in between leaves a job that doesn't repeat what is done.
    if (outcome.kind !== "done" && outcome.payload !== undefined) {
      await job.updateData({ ...job.data, payload: outcome.payload });
    }
    switch (outcome.kind) {
      case "done":
        return;
      case "retry":
        throw new RetryLater(outcome.error, outcome.delayMs);
      case "dead":
        throw new UnrecoverableError(outcome.error);
      case "released":
        await job.moveToWait(token);
        this.#options.onSettled(claimedOf(job), outcome);
        throw new WaitingError();
    }
  }
}

function settledBy(error: Error): Outcome {
  if (error instanceof RetryLater) return { kind: "retry", delayMs: error.delayMs, error: error.message };
  return { kind: "dead", error: error.message };
}

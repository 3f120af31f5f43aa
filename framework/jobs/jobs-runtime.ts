import type { Logger } from "../base/index.ts";
import { afterCommit, outsideTransaction } from "../db/index.ts";
import { checkCron } from "./cron.ts";
import type {
  ClaimedJob,
  EngineWorker,
  JobEngine,
  JobRecord,
  JobState,
  NewJob,
  Outcome,
  Schedule,
  WorkOptions,
} from "./engine.ts";
import { jobDefinedTwice, jobUnknown, payloadInvalid } from "./errors.ts";
import { checkPriority, type DefinedJob, defineJob, type JobDefinition, type JobType } from "./job-definition.ts";
import { createJobRunner } from "./job-runner.ts";
import type { EnqueueOptions, JobChange, JobStats, Jobs, ScheduleOptions, StartOptions } from "./jobs.ts";

export interface JobsRuntimeOptions {
  readonly engine: JobEngine;
  readonly log: Logger;
  readonly random: () => number;
  readonly now: () => number;
  readonly createId: () => string;
  /** How many jobs of a queue run at once in this process. */
  readonly concurrencyOf: (queue: string) => number;
  /** All queues that definitions name. Shared with the engine. */
  readonly queueNames: Set<string>;
}

/** The part of jobs that is the same for every engine: definitions, payloads and change events. */
export class JobsRuntime implements Jobs {
  readonly #options: JobsRuntimeOptions;
  readonly #definitions = new Map<string, DefinedJob>();
  readonly #schedules = new Map<string, Schedule>();
  readonly #listeners = new Set<(change: JobChange) => void>();
  readonly #run: (job: ClaimedJob, released: AbortSignal) => Promise<Outcome>;
  #worker: Promise<EngineWorker> | undefined;
  #stopping: Promise<void> = Promise.resolve();

  constructor(options: JobsRuntimeOptions) {
    this.#options = options;
    const { log, random } = options;
    this.#run = createJobRunner({ find: (name) => this.#definitions.get(name), log, random });
  }

  get engine(): "database" | "redis" {
    return this.#options.engine.kind;
  }

  define<Input, Output>(name: string, definition: JobDefinition<Input, Output>): JobType<Input> {
    if (this.#definitions.has(name)) throw jobDefinedTwice({ name });
    const defined = defineJob(name, definition);
    this.#definitions.set(name, defined);
    this.#options.queueNames.add(defined.queue);
    return { name, queue: defined.queue };
  }

  async enqueue<Input>(job: JobType<Input> | string, payload: Input, options: EnqueueOptions = {}): Promise<string> {
    const definition = this.#find(job);
    const { priority = definition.priority, uniqueKey } = options;
    checkPriority(priority);
    const made = {
      ...(await this.#template(definition, payload)),
      priority,
      uniqueKey,
      id: this.#options.createId(),
      ...timeOf(options),
    };
    const id = await this.#options.engine.add(made);
    afterCommit(() => this.#tell({ kind: "enqueued", id, name: definition.name }));
    return id;
  }

  async schedule<Input>(
    job: JobType<Input> | string,
    cron: string,
    payload: Input,
    options: ScheduleOptions = {},
  ): Promise<void> {
    const definition = this.#find(job);
    const { key = definition.name, timeZone = "UTC" } = options;
    checkCron({ cron, timeZone }, this.#options.now());
    this.#schedules.set(key, { key, cron, timeZone, job: await this.#template(definition, payload) });
    if (this.#worker) await this.#options.engine.putSchedules([...this.#schedules.values()]);
  }

  async start(options: StartOptions = {}): Promise<void> {
    this.#worker ??= this.#begin(options);
    try {
      await this.#worker;
    } catch (error) {
      this.#worker = undefined;
      throw error;
    }
  }

  async stop({ graceMs = 30_000 }: { readonly graceMs?: number } = {}): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker) this.#stopping = worker.then((started) => started.stop(graceMs));
    await this.#stopping;
  }

  async stats(): Promise<JobStats> {
    const { engine } = this.#options;
    const [queues, schedules] = await Promise.all([engine.counts(), engine.schedules()]);
    const totals = { ready: 0, delayed: 0, running: 0, done: 0, dead: 0 };
    for (const counts of queues) {
      totals.ready += counts.ready;
      totals.delayed += counts.delayed;
      totals.running += counts.running;
      totals.done += counts.done;
      totals.dead += counts.dead;
    }
    return { engine: engine.kind, totals, queues, schedules };
  }

  async list(state: JobState, options: { readonly limit?: number } = {}): Promise<readonly JobRecord[]> {
    return await this.#options.engine.list(state, options.limit ?? 100);
  }

  async dead(options: { readonly limit?: number } = {}): Promise<readonly JobRecord[]> {
    return await this.list("dead", options);
  }

  async find(id: string): Promise<JobRecord | null> {
    return await this.#options.engine.find(id);
  }

  async retry(id: string): Promise<boolean> {
    const isRetried = await this.#options.engine.retry(id);
    if (isRetried) this.#tell({ kind: "retried", id });
    return isRetried;
  }

  async cancel(id: string): Promise<boolean> {
    const isCanceled = await this.#options.engine.cancel(id);
    if (isCanceled) this.#tell({ kind: "canceled", id });
    return isCanceled;
  }

  onChange(listener: (change: JobChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#options.engine.close();
    this.#listeners.clear();
  }

  async #begin(options: StartOptions): Promise<EngineWorker> {
    const { engine, concurrencyOf, queueNames } = this.#options;
    await engine.putSchedules([...this.#schedules.values()]);
    const work: WorkOptions = {
      queues: (options.queues ?? [...queueNames]).map((name) => ({
        name,
        concurrency: options.concurrency ?? concurrencyOf(name),
      })),
      run: (job, released) => {
        this.#tell({ kind: "started", id: job.id, name: job.name });
        return this.#run(job, released);
      },
      onSettled: ({ id, name }, { kind }) => this.#tell({ kind: kind === "retry" ? "failed" : kind, id, name }),
    };
    // Workers started inside a transaction go on after its end.
    return await outsideTransaction(() => engine.work(work));
  }

  #find<Input>(job: JobType<Input> | string): DefinedJob {
    const name = typeof job === "string" ? job : job.name;
    const definition = this.#definitions.get(name);
    if (!definition) throw jobUnknown({ name });
    return definition;
  }

  async #template(definition: DefinedJob, payload: unknown): Promise<Schedule["job"]> {
    const { name, queue, priority, attempts, timeoutMs } = definition;
    const json = JSON.stringify(payload ?? null);
    // Parsed as the worker will see it, so that a payload that JSON breaks is rejected here and not there.
    const read = await definition.read(JSON.parse(json));
    if (!read.ok) throw payloadInvalid({ name, problems: read.problems });
    return { name, queue, priority, maxAttempts: attempts, timeoutMs, payload: json };
  }

  #tell(change: JobChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        this.#options.log.error({ err: error }, "a listener for job changes failed");
      }
    }
  }
}

function timeOf({ at, delayMs }: EnqueueOptions): Pick<NewJob, "at" | "delayMs"> {
  return at === undefined ? { delayMs } : { at: at instanceof Date ? at.getTime() : at };
}

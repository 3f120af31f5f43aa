import type { CompiledQuery } from "kysely";

/** A statement that was run, including `begin`, `commit`, `rollback` and savepoints. */
export interface QueryEvent {
  readonly query: CompiledQuery;
  /** Identifies the connection that ran it: what comes between `begin` and `commit` on one of them belongs to that transaction. */
  readonly connection: object;
  readonly durationMs: number;
  /** Whether its rows were streamed. */
  readonly isStream: boolean;
  /** Why it failed. */
  readonly error?: unknown;
}

/** Called after each statement, in the order in which they end. What it returns is awaited once the connection has been given back. */
export type QueryLog = (event: QueryEvent) => void | Promise<void>;

/** Tells what the statements on a connection were, and keeps what is still to be awaited because of that. */
export class QueryReports {
  readonly #log: QueryLog | undefined;
  #pending: Promise<unknown> | undefined;

  constructor(log: QueryLog | undefined) {
    this.#log = log;
  }

  /** Runs a query and reports it. */
  async run<R>(facts: Pick<QueryEvent, "query" | "connection" | "isStream">, query: () => Promise<R>): Promise<R> {
    const startedAt = performance.now();
    try {
      const result = await query();
      this.add({ ...facts, durationMs: performance.now() - startedAt });
      return result;
    } catch (error) {
      this.add({ ...facts, durationMs: performance.now() - startedAt, error });
      throw error;
    }
  }

  add(event: QueryEvent): void {
    const reported = this.#log?.(event);
    if (!reported) return;
    this.#pending = this.#pending ? Promise.all([this.#pending, reported]) : reported;
    // Who awaits it comes later.
    this.#pending.catch(() => undefined);
  }

  /** What is to be awaited once the connection has been given back. */
  take(): Promise<unknown> | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending;
  }
}

/** Several of them, as one. */
export class QueryObservers {
  readonly #observers: Set<QueryLog>;

  constructor(first: QueryLog | undefined) {
    this.#observers = new Set(first ? [first] : []);
  }

  /** Returns a function that takes it out again. */
  add(observer: QueryLog): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  readonly report: QueryLog = (event) => {
    let waiting: Promise<void> | undefined;
    for (const observer of this.#observers) {
      const [before, reported] = [waiting, observer(event)];
      if (reported) waiting = before ? before.then(() => reported) : reported;
    }
    return waiting;
  };
}

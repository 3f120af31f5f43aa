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

/** Called after each statement, which waits for it. */
export type QueryLog = (event: QueryEvent) => void | Promise<void>;

/** Runs a query and reports it. */
export async function loggedQuery<R>(
  log: QueryLog | undefined,
  facts: Pick<QueryEvent, "query" | "connection" | "isStream">,
  run: () => Promise<R>,
): Promise<R> {
  if (log === undefined) return await run();
  const startedAt = performance.now();
  try {
    const result = await run();
    await log({ ...facts, durationMs: performance.now() - startedAt });
    return result;
  } catch (error) {
    await log({ ...facts, durationMs: performance.now() - startedAt, error });
    throw error;
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

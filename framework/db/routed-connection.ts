import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from "kysely";

/** Runs what a reader can, and gives null for what it cannot. */
export type ReadQuery = <R>(query: CompiledQuery) => Promise<QueryResult<R>> | null;

/**
 * A connection that reads with the handle for reading until it needs the one that writes. That one it then keeps, so that it sees
 * what it wrote and nobody else comes in between.
 */
export class RoutedConnection implements DatabaseConnection {
  readonly #writing: Driver;
  readonly #read: ReadQuery;
  #held: Promise<DatabaseConnection> | null = null;

  constructor(writing: Driver, read: ReadQuery) {
    this.#writing = writing;
    this.#read = read;
  }

  /** The handle that writes, once it is free. */
  hold(): Promise<DatabaseConnection> {
    this.#held ??= this.#writing.acquireConnection();
    return this.#held;
  }

  /** Gives back the handle that writes; whether it had it. */
  async release(): Promise<boolean> {
    const held = this.#held;
    if (held === null) return false;
    this.#held = null;
    await this.#writing.releaseConnection(await held);
    return true;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const read = this.#held === null ? this.#read<R>(query) : null;
    return await (read ?? (await this.hold()).executeQuery<R>(query));
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    yield* (await this.hold()).streamQuery<R>(query, chunkSize);
  }
}

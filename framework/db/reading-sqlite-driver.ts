import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryCompiler,
  type QueryResult,
  SelectQueryNode,
  SqliteDriver,
  type TransactionSettings,
} from "kysely";
import type { SqliteStatements } from "./sqlite-statements.ts";

/**
 * Two handles on one SQLite file: reading outside of transactions waits neither for a transaction that is under way nor for a writer
 * that waits for a lock, as the write-ahead log allows. Everything else has the one handle that writes, one after another.
 */
export class ReadingSqliteDriver implements Driver {
  readonly #writing: Driver;
  readonly #reading: SqliteDriver;
  readonly #handles: { readonly writer: SqliteStatements; readonly reader: SqliteStatements };
  readonly #idle: RoutedConnection[] = [];
  #reader: DatabaseConnection | undefined;
  #schemaChanges = 0;

  constructor(
    writing: SqliteDriver,
    handles: { readonly writer: SqliteStatements; readonly reader: SqliteStatements },
  ) {
    this.#writing = writing;
    this.#reading = new SqliteDriver({ database: handles.reader });
    this.#handles = handles;
  }

  async init(): Promise<void> {
    await this.#writing.init();
    await this.#reading.init();
    // Held for good: what is read is read within one turn, so that readers never meet.
    this.#reader = await this.#reading.acquireConnection();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#idle.pop() ?? new RoutedConnection(this.#writing, (query) => this.#read(query));
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const routed = routedOf(connection);
    await routed.release();
    this.#followSchema();
    this.#idle.push(routed);
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const routed = routedOf(connection);
    const held = await routed.hold();
    try {
      await this.#writing.beginTransaction(held, settings);
    } catch (error) {
      // Whoever is asked to wait for the lock of another process must not keep the others from reading the answer.
      await routed.release();
      throw error;
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#writing.commitTransaction(await routedOf(connection).hold());
    this.#followSchema();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#writing.rollbackTransaction(await routedOf(connection).hold());
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler["compileQuery"]): Promise<void> {
    await this.#writing.savepoint?.(connection, name, compile);
  }

  async rollbackToSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#writing.rollbackToSavepoint?.(connection, name, compile);
  }

  async releaseSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#writing.releaseSavepoint?.(connection, name, compile);
  }

  async destroy(): Promise<void> {
    await this.#reading.destroy();
    await this.#writing.destroy();
  }

  /** Null when it has to be read where it is written. */
  #read<R>(query: CompiledQuery): Promise<QueryResult<R>> | null {
    if (this.#reader === undefined || !SelectQueryNode.is(query.query)) return null;
    return this.#reader.executeQuery<R>(query);
  }

  /** What the reader has prepared was for the tables as they were. */
  #followSchema(): void {
    const { writer, reader } = this.#handles;
    if (writer.schemaChanges === this.#schemaChanges) return;
    this.#schemaChanges = writer.schemaChanges;
    reader.forget();
  }
}

/** A connection of Kysely's that takes the writing handle when it needs it: for one statement, or from `hold` to `release`. */
class RoutedConnection implements DatabaseConnection {
  readonly #writing: Driver;
  readonly #read: <R>(query: CompiledQuery) => Promise<QueryResult<R>> | null;
  #held: DatabaseConnection | null = null;

  constructor(writing: Driver, read: <R>(query: CompiledQuery) => Promise<QueryResult<R>> | null) {
    this.#writing = writing;
    this.#read = read;
  }

  async hold(): Promise<DatabaseConnection> {
    this.#held ??= await this.#writing.acquireConnection();
    return this.#held;
  }

  async release(): Promise<void> {
    if (this.#held === null) return;
    const held = this.#held;
    this.#held = null;
    await this.#writing.releaseConnection(held);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#held !== null) return await this.#held.executeQuery<R>(query);
    return (await this.#read<R>(query)) ?? (await this.#write((writer) => writer.executeQuery<R>(query)));
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    const isOwn = this.#held === null;
    const writer = await this.hold();
    try {
      yield* writer.streamQuery<R>(query, chunkSize);
    } finally {
      if (isOwn) await this.release();
    }
  }

  async #write<T>(work: (writer: DatabaseConnection) => Promise<T>): Promise<T> {
    const writer = await this.#writing.acquireConnection();
    try {
      return await work(writer);
    } finally {
      await this.#writing.releaseConnection(writer);
    }
  }
}

function routedOf(connection: DatabaseConnection): RoutedConnection {
  if (connection instanceof RoutedConnection) return connection;
  throw new TypeError("a connection of another driver was given");
}

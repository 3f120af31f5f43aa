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
import { foreignConnection } from "./errors.ts";
import type { ImmediateSqliteDriver } from "./immediate-sqlite-driver.ts";
import type { SqliteStatements } from "./sqlite-statements.ts";

/** Two handles on the same file. */
export interface SqliteHandles {
  readonly writer: SqliteStatements;
  readonly reader: SqliteStatements;
}

/**
 * Uses two handles on one SQLite file, which WAL mode allows: a `selectFrom` query outside a transaction waits neither for a running
 * transaction nor for a writer that is waiting for a lock. Everything else, including raw SQL and streams, takes turns on the handle
 * that writes.
 */
export class ReadingSqliteDriver implements Driver {
  readonly #writing: ImmediateSqliteDriver;
  readonly #reading: SqliteDriver;
  readonly #handles: SqliteHandles;
  #reader: DatabaseConnection | undefined;
  #schemaChanges = 0;

  constructor(writing: ImmediateSqliteDriver, handles: SqliteHandles) {
    this.#writing = writing;
    this.#reading = new SqliteDriver({ database: handles.reader });
    this.#handles = handles;
  }

  async init(): Promise<void> {
    await this.#writing.init();
    await this.#reading.init();
    // Never released: each read finishes within one turn of the event loop, so reads cannot overlap.
    this.#reader = await this.#reading.acquireConnection();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new RoutedConnection(this.#writing, (query) => this.#read(query));
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const hasWritten = await routedOf(connection).release();
    if (hasWritten) this.#followSchema();
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await this.#writing.beginTransaction(await routedOf(connection).hold(), settings);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#writing.commitTransaction(await routedOf(connection).hold());
    this.#followSchema();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#writing.rollbackTransaction(await routedOf(connection).hold());
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler["compileQuery"]): Promise<void> {
    await this.#writing.savepoint(await routedOf(connection).hold(), name, compile);
  }

  async rollbackToSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#writing.rollbackToSavepoint(await routedOf(connection).hold(), name, compile);
  }

  async releaseSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#writing.releaseSavepoint(await routedOf(connection).hold(), name, compile);
  }

  async destroy(): Promise<void> {
    try {
      await this.#reading.destroy();
    } finally {
      await this.#writing.destroy();
    }
  }

  /** Null if the query needs the handle that writes. */
  #read<R>(query: CompiledQuery): Promise<QueryResult<R>> | null {
    if (this.#reader === undefined || !SelectQueryNode.is(query.query)) return null;
    return this.#reader.executeQuery<R>(query);
  }

  /** Makes the reader prepare its statements again after a committed schema change. */
  #followSchema(): void {
    const { writer, reader } = this.#handles;
    if (writer.schemaChanges === this.#schemaChanges) return;
    this.#schemaChanges = writer.schemaChanges;
    reader.forget();
  }
}

function routedOf(connection: DatabaseConnection): RoutedConnection {
  if (connection instanceof RoutedConnection) return connection;
  throw foreignConnection();
}

/** Runs a query on the reading handle, or returns null if it needs the handle that writes. */
type ReadQuery = <R>(query: CompiledQuery) => Promise<QueryResult<R>> | null;

/**
 * Reads with the reading handle until a query needs the one that writes. From then on it keeps that one, so it sees its own writes and
 * nothing else runs in between.
 */
class RoutedConnection implements DatabaseConnection {
  readonly #writing: Driver;
  readonly #read: ReadQuery;
  #held: Promise<DatabaseConnection> | null = null;

  constructor(writing: Driver, read: ReadQuery) {
    this.#writing = writing;
    this.#read = read;
  }

  /** Waits for the handle that writes, and keeps it. */
  hold(): Promise<DatabaseConnection> {
    this.#held ??= this.#writing.acquireConnection();
    return this.#held;
  }

  /** Releases the handle that writes. False: it was not held. */
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

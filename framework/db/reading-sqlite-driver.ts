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
import { RoutedConnection } from "./routed-connection.ts";
import type { SqliteStatements } from "./sqlite-statements.ts";

/** Two handles on one file. */
export interface SqliteHandles {
  readonly writer: SqliteStatements;
  readonly reader: SqliteStatements;
}

/**
 * Two handles on one SQLite file: a query made with `selectFrom` outside of a transaction waits neither for a transaction that is
 * under way nor for a writer that waits for a lock, as the write-ahead log allows. Everything else, raw SQL and streams among it, has
 * the one handle that writes, one after another.
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
    // Held for good: what is read is read within one turn, so that readers never meet.
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

  /** Null when it has to be read where it is written. */
  #read<R>(query: CompiledQuery): Promise<QueryResult<R>> | null {
    if (this.#reader === undefined || !SelectQueryNode.is(query.query)) return null;
    return this.#reader.executeQuery<R>(query);
  }

  /** What the reader has prepared was for the tables as they were. Called when a change has been committed, for before it is not there. */
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

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
import { acquireWithin } from "./acquire-within.ts";
import { foreignConnection } from "./errors.ts";
import type { ImmediateSqliteDriver } from "./immediate-sqlite-driver.ts";
import type { SqliteStatements } from "./sqlite-statements.ts";

/** Two handles on the same file, and more for streams. */
export interface SqliteHandles {
  readonly writer: SqliteStatements;
  /** Null: the database is in memory, where each handle would have its own. */
  readonly readers: SqliteReaders | null;
  /** How long a query waits for the handle that writes, in milliseconds. */
  readonly waitMs: number;
}

export interface SqliteReaders {
  readonly reader: SqliteStatements;
  /** Opens another handle that only reads. The caller closes it. */
  openReader(): SqliteStatements;
}

/**
 * Uses several handles on one SQLite file, which WAL mode allows: a `selectFrom` query outside a transaction waits neither for a running
 * transaction nor for a writer that is waiting for a lock. If it is streamed, it has a handle of its own, because a handle that is
 * iterating can't do anything else. Everything else, including raw SQL, takes turns on the handle that writes. A database in memory has
 * that one only, and reads all rows of a stream at once.
 */
export class ReadingSqliteDriver implements Driver {
  readonly #writing: ImmediateSqliteDriver;
  readonly #reading: SqliteDriver | null;
  readonly #handles: SqliteHandles;
  readonly #streams = new Set<AsyncGenerator<unknown, void>>();
  #reader: DatabaseConnection | undefined;
  #schemaChanges = 0;

  constructor(writing: ImmediateSqliteDriver, handles: SqliteHandles) {
    this.#writing = writing;
    this.#reading = handles.readers && new SqliteDriver({ database: handles.readers.reader });
    this.#handles = handles;
  }

  async init(): Promise<void> {
    await this.#writing.init();
    await this.#reading?.init();
    // Never released: each read finishes within one turn of the event loop, so reads cannot overlap.
    this.#reader = await this.#reading?.acquireConnection();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new RoutedConnection({
      hold: () => acquireWithin(this.#writing, this.#handles.waitMs),
      release: () => this.#writing.releaseConnection(),
      read: (query) => this.#read(query),
      stream: (query) => this.#stream(query),
    });
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const hasWritten = await routedOf(connection).release();
    if (hasWritten) this.#followSchema();
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await this.#writing.beginTransaction(connection, settings);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#writing.commitTransaction(connection);
    this.#followSchema();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#writing.rollbackTransaction(connection);
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler["compileQuery"]): Promise<void> {
    await this.#writing.savepoint(connection, name, compile);
  }

  async rollbackToSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#writing.rollbackToSavepoint(connection, name, compile);
  }

  async releaseSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#writing.releaseSavepoint(connection, name, compile);
  }

  async destroy(): Promise<void> {
    await Promise.all([...this.#streams].map((stream) => stream.return(undefined)));
    try {
      await this.#reading?.destroy();
    } finally {
      await this.#writing.destroy();
    }
  }

  /** Null if the query needs the handle that writes. */
  #read<R>(query: CompiledQuery): Promise<QueryResult<R>> | null {
    if (this.#reader === undefined || !SelectQueryNode.is(query.query)) return null;
    return this.#reader.executeQuery<R>(query);
  }

  /** Null if the query needs the handle that writes. */
  #stream<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> | null {
    const { readers } = this.#handles;
    if (!SelectQueryNode.is(query.query)) return null;
    if (!readers) return this.#streamAtOnce<R>(query);
    const stream = streamRows<R>(query, readers, () => this.#streams.delete(stream));
    this.#streams.add(stream);
    return stream;
  }

  async *#streamAtOnce<R>(query: CompiledQuery): AsyncGenerator<QueryResult<R>, void> {
    const connection = await acquireWithin(this.#writing, this.#handles.waitMs);
    // Given back before the rows are handed out, because the code that reads them may write.
    yield await connection.executeQuery<R>(query).finally(() => this.#writing.releaseConnection());
  }

  /** Makes the reader prepare its statements again after a committed schema change. */
  #followSchema(): void {
    const { writer, readers } = this.#handles;
    if (writer.schemaChanges === this.#schemaChanges) return;
    this.#schemaChanges = writer.schemaChanges;
    readers?.reader.forget();
  }
}

async function* streamRows<R>(
  query: CompiledQuery,
  { openReader }: SqliteReaders,
  onEnd: () => void,
): AsyncGenerator<QueryResult<R>, void> {
  const handle = openReader();
  try {
    // Kysely knows the type of a row; SQLite only returns what was selected.
    for (const row of handle.prepare(query.sql).iterate(query.parameters)) yield { rows: [row as R] };
  } finally {
    handle.close();
    onEnd();
  }
}

function routedOf(connection: DatabaseConnection): RoutedConnection {
  if (connection instanceof RoutedConnection) return connection;
  throw foreignConnection();
}

/** What a connection can do. Both reads are null for a query that needs the handle that writes. */
interface Routes {
  /** Waits for the handle that writes. */
  hold(): Promise<DatabaseConnection>;
  release(): Promise<void>;
  read<R>(query: CompiledQuery): Promise<QueryResult<R>> | null;
  stream<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> | null;
}

/**
 * Reads with other handles until a query needs the one that writes. From then on it keeps that one, so it sees its own writes and
 * nothing else runs in between.
 */
class RoutedConnection implements DatabaseConnection {
  readonly #routes: Routes;
  #held: Promise<DatabaseConnection> | null = null;

  constructor(routes: Routes) {
    this.#routes = routes;
  }

  /** Releases the handle that writes. False: it was not held. */
  async release(): Promise<boolean> {
    const held = this.#held;
    if (held === null) return false;
    this.#held = null;
    await held;
    await this.#routes.release();
    return true;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const read = this.#held === null ? this.#routes.read<R>(query) : null;
    return await (read ?? (await this.#hold()).executeQuery<R>(query));
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    const stream = this.#held === null ? this.#routes.stream<R>(query) : null;
    yield* stream ?? (await this.#hold()).streamQuery<R>(query, chunkSize);
  }

  /** Waits for the handle that writes, and keeps it. */
  async #hold(): Promise<DatabaseConnection> {
    this.#held ??= this.#routes.hold();
    try {
      return await this.#held;
    } catch (error) {
      this.#held = null;
      throw error;
    }
  }
}

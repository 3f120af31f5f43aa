import { setTimeout as delay } from "node:timers/promises";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import { explainDriverError, isLocked } from "../drivers/driver-errors.ts";
import { controlledInsideTransaction, databaseBusy } from "./errors.ts";
import { runningScope, type TransactionScope } from "./transaction-scope.ts";

export interface JoiningDriverOptions {
  /** Identifies the database whose transactions are joined. */
  readonly owner: object;
  /** How long a statement waits while another process holds a lock, in milliseconds; 0 if the server itself waits. */
  readonly lockWaitMs: number;
}

/**
 * Wraps the driver of any dialect. Queries join the transaction that is running in the same async context (a nested transaction becomes
 * a savepoint), waiting for an SQLite lock doesn't block the event loop, and errors say what happened.
 */
export class JoiningDriver implements Driver {
  readonly #inner: Driver;
  readonly #options: JoiningDriverOptions;
  readonly #connections = new WeakMap<DatabaseConnection, ExplainingConnection>();
  /** How many queries share a connection besides the transaction that acquired it. */
  readonly #borrowers = new WeakMap<DatabaseConnection, number>();

  constructor(inner: Driver, options: JoiningDriverOptions) {
    this.#inner = inner;
    this.#options = options;
  }

  async init(): Promise<void> {
    await this.#inner.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const joined = this.#joinedConnection();
    if (joined) {
      this.#borrowers.set(joined, (this.#borrowers.get(joined) ?? 0) + 1);
      return joined;
    }
    try {
      return this.#wrap(await this.#inner.acquireConnection());
    } catch (error) {
      throw explainDriverError(error);
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const borrowers = this.#borrowers.get(connection) ?? 0;
    if (borrowers > 0) this.#borrowers.set(connection, borrowers - 1);
    else await this.#inner.releaseConnection(innerOf(connection));
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const scope = runningScope(this.#options.owner);
    if (scope?.connection) throw controlledInsideTransaction();
    if (scope && scope.depth > 0) await execute(connection, `savepoint ${nameOf(scope)}`);
    else await this.#explained(() => this.#inner.beginTransaction(innerOf(connection), settings));
    if (scope) scope.connection = connection;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const scope = this.#scopeOf(connection);
    if (scope && scope.depth > 0) await execute(connection, `release savepoint ${nameOf(scope)}`);
    else await this.#explained(() => this.#inner.commitTransaction(innerOf(connection)));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const scope = this.#scopeOf(connection);
    if (scope && scope.depth > 0) await execute(connection, `rollback to savepoint ${nameOf(scope)}`);
    else await this.#explained(() => this.#inner.rollbackTransaction(innerOf(connection)));
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler["compileQuery"]): Promise<void> {
    await this.#inner.savepoint?.(innerOf(connection), name, compile);
  }

  async rollbackToSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#inner.rollbackToSavepoint?.(innerOf(connection), name, compile);
  }

  async releaseSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#inner.releaseSavepoint?.(innerOf(connection), name, compile);
  }

  async destroy(): Promise<void> {
    await this.#inner.destroy();
  }

  /** The connection of the innermost running transaction that has one. A transaction that is just starting has none yet. */
  #joinedConnection(): DatabaseConnection | undefined {
    for (let scope = runningScope(this.#options.owner); scope; scope = scope.parent) {
      if (scope.owner === this.#options.owner && scope.connection) return scope.connection;
    }
    return undefined;
  }

  #scopeOf(connection: DatabaseConnection): TransactionScope | undefined {
    const scope = runningScope(this.#options.owner);
    return scope?.connection === connection ? scope : undefined;
  }

  #wrap(inner: DatabaseConnection): ExplainingConnection {
    const known = this.#connections.get(inner);
    if (known) return known;
    const made = new ExplainingConnection(inner, this.#options.lockWaitMs);
    this.#connections.set(inner, made);
    return made;
  }

  async #explained(action: () => Promise<void>): Promise<void> {
    try {
      await waitingForLock(action, this.#options.lockWaitMs);
    } catch (error) {
      throw explainDriverError(error);
    }
  }
}

class ExplainingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #lockWaitMs: number;

  constructor(inner: DatabaseConnection, lockWaitMs: number) {
    this.inner = inner;
    this.#lockWaitMs = lockWaitMs;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await waitingForLock(async () => await this.inner.executeQuery<R>(query), this.#lockWaitMs);
    } catch (error) {
      throw explainDriverError(error, query.sql);
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.inner.streamQuery<R>(query, chunkSize);
    } catch (error) {
      throw explainDriverError(error, query.sql);
    }
  }
}

// SQLite's own busy handler sleeps inside the call and blocks the whole process. Retrying from a timer doesn't.
async function waitingForLock<T>(action: () => Promise<T>, lockWaitMs: number): Promise<T> {
  const startedAt = performance.now();
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 25)) {
    try {
      return await action();
    } catch (error) {
      if (!isLocked(error)) throw error;
      const waitedMs = Math.round(performance.now() - startedAt);
      if (waitedMs >= lockWaitMs) throw databaseBusy({ waitedMs, cause: error });
      await delay(pauseMs);
    }
  }
}

function innerOf(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof ExplainingConnection ? connection.inner : connection;
}

function nameOf(scope: TransactionScope): string {
  return `buffkit_${scope.depth}`;
}

async function execute(connection: DatabaseConnection, sql: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(sql));
}

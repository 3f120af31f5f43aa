import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryCompiler,
  type TransactionSettings,
} from "kysely";
import { KitError } from "../../base/index.ts";
import { acquireWithin } from "../drivers/acquire-within.ts";
import { explainDriverError } from "../drivers/driver-errors.ts";
import { connectionWaitTimedOut, databaseAway, foreignConnection } from "../drivers/errors.ts";
import type { ServerWatch } from "../drivers/server-watch.ts";
import { connectionBusy, controlledInsideTransaction, databaseClosed, nestedSettings } from "./errors.ts";
import { nestedOnes } from "./run-transaction.ts";
import { ScopedConnection } from "./scoped-connection.ts";
import { SharedConnection, type SharedConnectionOptions } from "./shared-connection.ts";
import { isOpen, refuseEnded, scopeOf, type TransactionScope } from "./transaction-scope.ts";

export interface JoiningDriverOptions extends SharedConnectionOptions {
  /** Identifies the database whose transactions are joined. */
  readonly owner: object;
  /** Knows whether the server responds, if there is one. */
  readonly watch?: ServerWatch;
}

/** How long to wait for a connection while the server doesn't respond, in milliseconds. */
const awayWaitMs = 1000;

/**
 * Wraps the driver of any dialect. Queries join the transaction that is running in the same async context (a nested transaction becomes
 * a savepoint), and every wait has a bound.
 */
export class JoiningDriver implements Driver {
  readonly #inner: Driver;
  readonly #options: JoiningDriverOptions;
  readonly #connections = new WeakMap<DatabaseConnection, SharedConnection>();
  #opened: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(inner: Driver, options: JoiningDriverOptions) {
    this.#inner = inner;
    this.#options = options;
  }

  async init(): Promise<void> {
    this.#opened ??= this.#inner.init();
    await this.#opened;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#closed) throw databaseClosed();
    const joined = await this.joinedConnection(scopeOf(this.#options.owner));
    if (joined) return joined;
    await this.init();
    try {
      return this.#share(await this.#acquire());
    } catch (error) {
      throw explainDriverError(error);
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (!(connection instanceof SharedConnection)) return;
    // Others needn't wait for what is done because of these statements, such as telling other nodes of a change.
    const reported = connection.reports.take();
    await this.#inner.releaseConnection(connection.inner);
    await reported;
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const shared = sharedOf(connection);
    const scope = scopeOf(this.#options.owner);
    if (scope?.connection) throw controlledInsideTransaction();
    if (scope?.outer) {
      refuseOtherSettings(settings, scope.outer.settings);
      await execute(shared, `savepoint ${nameOf(scope)}`);
    } else await this.#inner.beginTransaction(shared, settings);
    if (!scope) return;
    scope.settings = scope.outer?.settings ?? settings;
    scope.connection = shared;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const shared = sharedOf(connection);
    const scope = this.#nestedScopeOn(shared);
    if (scope) refuseEnded(scope.outer);
    await shared.cutStreams();
    if (scope) await execute(shared, `release savepoint ${nameOf(scope)}`);
    else await this.#inner.commitTransaction(shared);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const shared = sharedOf(connection);
    const scope = this.#nestedScopeOn(shared);
    // With the transaction around it, its savepoint is gone, and the connection may be somebody else's.
    if (scope && !isOpen(scope.outer)) return;
    await shared.cutStreams();
    if (scope) await execute(shared, `rollback to savepoint ${nameOf(scope)}`);
    else await this.#rollback(shared);
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler["compileQuery"]): Promise<void> {
    await this.#inner.savepoint?.(sharedOf(connection), name, compile);
  }

  async rollbackToSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#inner.rollbackToSavepoint?.(sharedOf(connection), name, compile);
  }

  async releaseSavepoint(
    connection: DatabaseConnection,
    name: string,
    compile: QueryCompiler["compileQuery"],
  ): Promise<void> {
    await this.#inner.releaseSavepoint?.(sharedOf(connection), name, compile);
  }

  async destroy(): Promise<void> {
    this.#closed ??= this.init().then(() => this.#inner.destroy());
    await this.#closed;
  }

  /**
   * The connection of a transaction that queries join, once those nested in it have ended. Undefined if it is about to begin. Throws
   * `DB_TRANSACTION_ENDED` if it has ended itself.
   */
  async joinedConnection(scope: TransactionScope | undefined): Promise<ScopedConnection | undefined> {
    if (!scope) return undefined;
    refuseEnded(scope);
    // While it begins, a nested transaction uses the connection of the one around it.
    if (!scope.connection) return scope.outer?.connection && new ScopedConnection(scope, scope.outer.connection);
    await within(this.#options.waitMs, nestedOnes(scope));
    refuseEnded(scope);
    return new ScopedConnection(scope, scope.connection);
  }

  /** While the server is away, a visitor gets an answer soon. */
  async #acquire(): Promise<DatabaseConnection> {
    const { waitMs, watch } = this.#options;
    if (!watch) return await acquireWithin(this.#inner, waitMs);
    if (watch.isSilent) return await acquireWithin(this.#inner, Math.min(waitMs, awayWaitMs), databaseAway);
    return await acquireWithin(this.#inner, waitMs, () => {
      watch.slow();
      return watch.isSilent ? databaseAway() : connectionWaitTimedOut({ waitedMs: waitMs });
    });
  }

  /** A lost connection has taken its transaction with it, and why it was lost says more than that it can't be rolled back. */
  async #rollback(connection: SharedConnection): Promise<void> {
    try {
      await this.#inner.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof KitError && error.code === "DB_UNAVAILABLE")) throw error;
    }
  }

  /** Null unless the caller runs in a nested transaction on this connection. */
  #nestedScopeOn(connection: SharedConnection): (TransactionScope & { readonly outer: TransactionScope }) | null {
    const scope = scopeOf(this.#options.owner);
    return scope?.connection === connection && isNested(scope) ? scope : null;
  }

  #share(inner: DatabaseConnection): SharedConnection {
    const known = this.#connections.get(inner);
    if (known) return known;
    const made = new SharedConnection(inner, this.#options);
    this.#connections.set(inner, made);
    return made;
  }
}

function isNested(scope: TransactionScope): scope is TransactionScope & { readonly outer: TransactionScope } {
  return scope.outer !== undefined;
}

function sharedOf(connection: DatabaseConnection): SharedConnection {
  if (connection instanceof ScopedConnection) return connection.shared;
  if (connection instanceof SharedConnection) return connection;
  throw foreignConnection();
}

function refuseOtherSettings(wanted: TransactionSettings, outer: TransactionSettings): void {
  if (wanted.isolationLevel && wanted.isolationLevel !== outer.isolationLevel) {
    throw nestedSettings({ wanted: wanted.isolationLevel });
  }
  if (wanted.accessMode && wanted.accessMode !== outer.accessMode) throw nestedSettings({ wanted: wanted.accessMode });
}

async function within(waitMs: number, ended: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(connectionBusy({ waitedMs: waitMs })), waitMs);
  });
  try {
    await Promise.race([ended, expired]);
  } finally {
    clearTimeout(timer);
  }
}

function nameOf(scope: TransactionScope): string {
  return `buffkit_${scope.depth}`;
}

async function execute(connection: SharedConnection, sql: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(sql));
}

import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from "kysely";
import { ReadingSqliteDriver } from "./reading-sqlite-driver.ts";
import type { SqliteStatements } from "./sqlite-statements.ts";

/**
 * Kysely's SQLite dialect with transactions that take the write lock first, with migrations inside transactions, and with a second
 * handle for reading where the database is a file.
 */
export function createSqliteDialect(writer: SqliteStatements, reader: SqliteStatements | null): Dialect {
  return {
    createDriver: (): Driver => {
      const database = new ImmediateSqliteDriver({ database: writer });
      return reader === null ? database : new ReadingSqliteDriver(database, { writer, reader });
    },
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

class ImmediateSqliteDriver extends SqliteDriver {
  // A deferred transaction that reads first and writes later fails at once when another process wrote in between
  // (SQLITE_BUSY_SNAPSHOT, no time-out helps); one that begins with the write lock only ever waits at its beginning.
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const mode = settings?.accessMode === "read only" ? "deferred" : "immediate";
    await connection.executeQuery(CompiledQuery.raw(`begin ${mode}`));
  }

  // A full disk or an input error makes SQLite roll the transaction back by itself (lang_transaction, 2.3). Its own "no transaction is
  // active" must not take the place of the error that says why.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error;
    }
  }
}

/** Whether an adapter is that of our own SQLite dialect, which can do what PostgreSQL's can. */
export function isSqliteAdapter(adapter: object): boolean {
  return "dialect" in adapter && adapter.dialect === "sqlite";
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  readonly dialect = "sqlite";

  // SQLite's schema changes are transactional; the immediate transaction is at the same time the lock against a second runner.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

import { type Dialect, type Driver, type Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { ImmediateSqliteDriver } from "./immediate-sqlite-driver.ts";
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

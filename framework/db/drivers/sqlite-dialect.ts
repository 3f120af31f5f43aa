import { type Dialect, type Driver, type Kysely, SqliteAdapter, SqliteIntrospector } from "kysely";
import { ImmediateSqliteDriver } from "./immediate-sqlite-driver.ts";
import { ReadingSqliteDriver, type SqliteHandles } from "./reading-sqlite-driver.ts";
import { FittingSqliteQueryCompiler } from "./sqlite-query-compiler.ts";

/**
 * Kysely's SQLite dialect with four changes: transactions take the write lock up front, migrations run inside transactions, a database
 * in a file gets more handles for reads, and new columns take only what fits.
 */
export function createSqliteDialect(handles: SqliteHandles): Dialect {
  return {
    createDriver: (): Driver =>
      new ReadingSqliteDriver(new ImmediateSqliteDriver({ database: handles.writer }), handles),
    createQueryCompiler: () => new FittingSqliteQueryCompiler(),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

/** Whether an adapter belongs to our own SQLite dialect. Feature checks can't tell it from PostgreSQL's. */
export function isSqliteAdapter(adapter: object): boolean {
  return "dialect" in adapter && adapter.dialect === "sqlite";
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  readonly dialect = "sqlite";

  // Schema changes are transactional in SQLite, and the immediate transaction also locks out a second migrator.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

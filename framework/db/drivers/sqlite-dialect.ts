import { type Dialect, type Driver, type Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { ImmediateSqliteDriver } from "./immediate-sqlite-driver.ts";
import { ReadingSqliteDriver } from "./reading-sqlite-driver.ts";
import type { SqliteStatements } from "./sqlite-statements.ts";

/**
 * Kysely's SQLite dialect with three changes: transactions take the write lock up front, migrations run inside transactions, and a
 * database in a file gets a second handle for reads.
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

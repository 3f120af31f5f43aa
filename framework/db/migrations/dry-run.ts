import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Dialect as DialectName } from "../drivers/dialect.ts";
import type { Migration } from "./migration-files.ts";

/**
 * The SQL that a migration would run, without touching a database. Queries return no rows, so statements that depend on existing rows
 * are left out.
 */
export async function statementsOf(migration: Migration, dialect: DialectName): Promise<readonly string[]> {
  const statements: string[] = [];
  const db = new Kysely<unknown>({ dialect: recordingDialect(dialect, statements) });
  await migration.up(db);
  await db.destroy();
  return statements;
}

function recordingDialect(dialect: DialectName, statements: string[]): Dialect {
  const createDriver = () => new RecordingDriver(statements);
  switch (dialect) {
    case "sqlite":
      return {
        createDriver,
        createAdapter: () => new SqliteAdapter(),
        createQueryCompiler: () => new SqliteQueryCompiler(),
        createIntrospector: (db) => new SqliteIntrospector(db),
      };
    case "postgres":
      return {
        createDriver,
        createAdapter: () => new PostgresAdapter(),
        createQueryCompiler: () => new PostgresQueryCompiler(),
        createIntrospector: (db) => new PostgresIntrospector(db),
      };
    case "mysql":
      return {
        createDriver,
        createAdapter: () => new MysqlAdapter(),
        createQueryCompiler: () => new MysqlQueryCompiler(),
        createIntrospector: (db) => new MysqlIntrospector(db),
      };
  }
}

class RecordingDriver extends DummyDriver {
  readonly #statements: string[];

  constructor(statements: string[]) {
    super();
    this.#statements = statements;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const statements = this.#statements;
    return {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        statements.push(query.sql);
        return { rows: [] };
      },
      async *streamQuery() {},
    };
  }
}
